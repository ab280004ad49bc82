/* SPDX-License-Identifier: MIT */
/*
 * What a route may ask of the person who calls it.
 *
 * The one rule: every permission is a line of PERMISSIONS; a route names one of them (ROUTE in
 * web/route.h), and one that is not there does not compile. Which role holds which permission over
 * whom is data and not decided here.
 */
#ifndef HEARTH_WEB_PERMISSION_H
#define HEARTH_WEB_PERMISSION_H

/* EACH(NAME, id): the id is how roles, the log and the list of rights write it. */
#define PERMISSIONS(EACH)                                                                          \
	EACH(PUBLIC, "public")                                                                     \
	EACH(SIGNED_IN, "signed-in")                                                               \
	EACH(CHILD_LIST, "child.list")                                                             \
	EACH(CHILD_VIEW, "child.view")                                                             \
	EACH(CHILD_IDENTITY, "child.identity")                                                     \
	EACH(CHILD_ADDRESS, "child.address")                                                       \
	EACH(ASSESSMENT_VIEW, "assessment.view")                                                   \
	EACH(ASSESSMENT_WRITE, "assessment.write")                                                 \
	EACH(ASSESSMENT_SIGN, "assessment.sign")                                                   \
	EACH(PLAN_WRITE, "plan.write")                                                             \
	EACH(PROFILE_WRITE, "profile.write")                                                       \
	EACH(ALLOCATION_MANAGE, "allocation.manage")                                               \
	EACH(REPORT_VIEW, "report.view")                                                           \
	EACH(REPORT_EXPORT, "report.export")                                                       \
	EACH(IMPORT_MAKE, "import.make")                                                           \
	EACH(USER_MANAGE, "user.manage")                                                           \
	EACH(AUDIT_VIEW, "audit.view")                                                             \
	EACH(AUDIT_VERIFY, "audit.verify")                                                         \
	EACH(RESTRICTED_MANAGE, "restricted.manage")                                               \
	EACH(BREAKGLASS_USE, "breakglass.use")                                                     \
	EACH(BREAKGLASS_REVIEW, "breakglass.review")                                               \
	EACH(SETTINGS_MANAGE, "settings.manage")

enum permission {
	NO_PERMISSION, /* a route must not have this */
#define PERMISSION_ENUMERATOR(name, id) PERMISSION_##name,
	PERMISSIONS(PERMISSION_ENUMERATOR)
#undef PERMISSION_ENUMERATOR
		PERMISSION_COUNT,
};

/* The id of a permission; NULL for NO_PERMISSION and what is none. */
const char *permission_id(enum permission permission);

#endif
