/* SPDX-License-Identifier: MIT */
#include "web/routes.h"

#include "web/health.h"
#include "web/pages/account.h"
#include "web/pages/accounts.h"
#include "web/pages/assessment.h"
#include "web/pages/audit.h"
#include "web/pages/child.h"
#include "web/pages/children.h"
#include "web/pages/due.h"
#include "web/pages/home.h"
#include "web/pages/restricted.h"
#include "web/pages/sign_in.h"

/* clang-format off */
const struct route site_routes[] = {
	ROUTE(GET, "/health", PUBLIC, health_page, "Health", API(0)),
	ROUTE(GET, "/assets/{hash}/{name...}", PUBLIC, asset_page, "Files of the program", ASSET),

	/* signing in and one's own account */
	ROUTE(GET, "/", SIGNED_IN, home_page, "Home", PAGE),
	ROUTE(GET, "/sign-in", PUBLIC, sign_in_page, "Sign in", PAGE),
	ROUTE(POST, "/sign-in", PUBLIC, sign_in_take, "Sign in", FORM(8 * KIB)),
	ROUTE(GET, "/sign-in/code", SIGNED_IN, sign_in_code_page, "Code", PAGE),
	ROUTE(POST, "/sign-in/code", SIGNED_IN, sign_in_code_take, "Code", FORM(4 * KIB)),
	ROUTE(GET, "/sign-in/again", SIGNED_IN, sign_in_again_page, "Password again", PAGE),
	ROUTE(POST, "/sign-in/again", SIGNED_IN, sign_in_again_take, "Password again", FORM(8 * KIB)),
	ROUTE(POST, "/sign-out", SIGNED_IN, sign_out_take, "Sign out", FORM(1 * KIB)),
	ROUTE(GET, "/session", PUBLIC, session_left, "How long the session lasts", API(0)),
	ROUTE(GET, "/account", SIGNED_IN, account_page, "Your account", PAGE),
	ROUTE(GET, "/account/password", SIGNED_IN, account_password_page, "Password", PAGE),
	ROUTE(POST, "/account/password", SIGNED_IN, account_password_take, "Password", FORM(8 * KIB)),
	ROUTE(GET, "/account/second-factor", SIGNED_IN, account_factor_page, "Second factor", PAGE),
	ROUTE(POST, "/account/second-factor", SIGNED_IN, account_factor_take, "Second factor", FORM(4 * KIB)),
	ROUTE(POST, "/account/second-factor/remove", SIGNED_IN, account_factor_remove, "Second factor", FORM(4 * KIB)),
	ROUTE(POST, "/account/sessions/end", SIGNED_IN, account_session_end, "End a session", FORM(4 * KIB)),

	/* accounts of others */
	ROUTE(GET, "/accounts", USER_MANAGE, accounts_page, "Accounts", PAGE),
	ROUTE(GET, "/accounts/add", USER_MANAGE, accounts_add_page, "Add an account", PAGE),
	ROUTE(POST, "/accounts/add", USER_MANAGE, accounts_add_take, "Add an account", FORM(64 * KIB)),
	ROUTE(GET, "/accounts/{account}", USER_MANAGE, accounts_one_page, "An account", PAGE),
	ROUTE(POST, "/accounts/{account}", USER_MANAGE, accounts_change_take, "Change an account", FORM(64 * KIB)),
	ROUTE(POST, "/accounts/{account}/disable", USER_MANAGE, accounts_disable_take, "Disable an account", FORM(4 * KIB)),
	ROUTE(POST, "/accounts/{account}/enable", USER_MANAGE, accounts_enable_take, "Enable an account", FORM(4 * KIB)),
	ROUTE(POST, "/accounts/{account}/reset", USER_MANAGE, accounts_reset_take, "New first password", FORM(4 * KIB)),

	/* the log */
	ROUTE(GET, "/audit", AUDIT_VIEW, audit_page, "Who saw what", PAGE),
	ROUTE(GET, "/audit/verify", AUDIT_VERIFY, audit_verify_page, "Verify the log", PAGE),
	ROUTE(POST, "/audit/verify", AUDIT_VERIFY, audit_verify_take, "Verify the log", FORM(256 * KIB)),

	/* restricted records */
	ROUTE(GET, "/break-glass", BREAKGLASS_USE, break_glass_page, "Open a restricted record", PAGE),
	ROUTE(POST, "/break-glass", BREAKGLASS_USE, break_glass_take, "Open a restricted record", FORM(16 * KIB)),
	ROUTE(POST, "/break-glass/end", BREAKGLASS_USE, break_glass_end, "Give access back", FORM(4 * KIB)),
	ROUTE(GET, "/restricted", BREAKGLASS_REVIEW, restricted_page, "Records opened with a reason", PAGE),
	ROUTE(POST, "/restricted/{glass}/review", BREAKGLASS_REVIEW, restricted_review_take, "Review", FORM(16 * KIB)),
	ROUTE(GET, "/children/{child}/restricted", RESTRICTED_MANAGE, restricted_child_page, "Who may see the record", PAGE),
	ROUTE(POST, "/children/{child}/restricted", RESTRICTED_MANAGE, restricted_child_take, "Who may see the record", FORM(64 * KIB)),

	/* children */
	ROUTE(GET, "/children", CHILD_LIST, children_page, "Children and young people", PAGE),
	ROUTE(POST, "/children/search", CHILD_LIST, children_search, "Search", FORM(8 * KIB)),
	ROUTE(POST, "/children/views", CHILD_LIST, views_save, "Save a view", FORM(8 * KIB)),
	ROUTE(POST, "/children/views/{view}/remove", CHILD_LIST, views_remove, "Remove a view", FORM(4 * KIB)),

	/* one child */
	ROUTE(GET, "/children/{child}", CHILD_VIEW, child_page, "A child", PAGE),
	ROUTE(GET, "/children/{child}/needs", CHILD_VIEW, child_needs_page, "Needs over time", PAGE),
	ROUTE(GET, "/children/{child}/homes", CHILD_VIEW, child_homes_page, "Homes", PAGE),
	ROUTE(GET, "/children/{child}/about", PROFILE_WRITE, child_about_page, "Write about me", PAGE),
	ROUTE(POST, "/children/{child}/about", PROFILE_WRITE, child_about_save, "Write about me", FORM(512 * KIB)),
	ROUTE(GET, "/children/{child}/about/versions", CHILD_IDENTITY, child_about_versions, "Earlier versions", PAGE),
	ROUTE(GET, "/children/{child}/plan", CHILD_IDENTITY, child_plan_page, "Goals and plan", PAGE),
	ROUTE(GET, "/children/{child}/plan/new", PLAN_WRITE, child_goal_new, "Add a goal", PAGE),
	ROUTE(POST, "/children/{child}/plan/new", PLAN_WRITE, child_goal_add, "Add a goal", FORM(256 * KIB)),
	ROUTE(GET, "/children/{child}/plan/{goal}", CHILD_IDENTITY, child_goal_page, "A goal", PAGE),
	ROUTE(GET, "/children/{child}/plan/{goal}/change", PLAN_WRITE, child_goal_change_page, "Change a goal", PAGE),
	ROUTE(POST, "/children/{child}/plan/{goal}/change", PLAN_WRITE, child_goal_change, "Change a goal", FORM(256 * KIB)),
	ROUTE(POST, "/children/{child}/plan/{goal}/progress", PLAN_WRITE, child_goal_progress, "Write progress", FORM(128 * KIB)),
	ROUTE(GET, "/children/{child}/reviews", CHILD_IDENTITY, child_reviews_page, "Reviews", PAGE),
	ROUTE(GET, "/children/{child}/reviews/write", PLAN_WRITE, child_review_page, "Write about a review", PAGE),
	ROUTE(POST, "/children/{child}/reviews/write", PLAN_WRITE, child_review_save, "Write about a review", FORM(256 * KIB)),
	ROUTE(GET, "/children/{child}/people", CHILD_IDENTITY, child_people_page, "Who works with the child", PAGE),
	ROUTE(POST, "/children/{child}/people", ALLOCATION_MANAGE, child_allocate, "Change who works with the child", FORM(4 * KIB)),
	ROUTE(GET, "/children/{child}/seen", CHILD_IDENTITY, child_seen_page, "Who has seen this record", PAGE),
	ROUTE(GET, "/children/{child}/profile", CHILD_IDENTITY, child_profile_page, "Profile for finding a home", PAGE),
	ROUTE(POST, "/children/{child}/profile", CHILD_IDENTITY, child_profile_named, "Profile that names the child", FORM(16 * KIB)),
	ROUTE(GET, "/children/{child}/my-page", CHILD_IDENTITY, child_my_page, "My page", PAGE),

	/* assessments of needs */
	ROUTE(GET, "/due", ASSESSMENT_VIEW, due_page, "Assessments due", PAGE),
	ROUTE(GET, "/children/{child}/assessments", ASSESSMENT_VIEW, assessments_page, "Assessments", PAGE),
	ROUTE(GET, "/children/{child}/assessments/new", ASSESSMENT_WRITE, assessment_start_page, "Start an assessment", PAGE),
	ROUTE(POST, "/children/{child}/assessments/new", ASSESSMENT_WRITE, assessment_start_take, "Start an assessment", FORM(8 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}", ASSESSMENT_VIEW, assessment_page_show, "Assessment", PAGE),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/day", ASSESSMENT_WRITE, assessment_head_page, "Day and reason", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/day", ASSESSMENT_WRITE, assessment_head_take, "Day and reason", FORM(8 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/area/{area}", ASSESSMENT_WRITE, assessment_area_page, "One area", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/area/{area}", ASSESSMENT_WRITE, assessment_area_take, "One area", FORM(512 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/team/{contribution}", ASSESSMENT_WRITE, assessment_team_page, "What somebody else says", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/team/{contribution}", ASSESSMENT_WRITE, assessment_team_take, "What somebody else says", FORM(1 * MIB)),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/team/{contribution}/remove", ASSESSMENT_WRITE, assessment_team_remove_take, "Take out what somebody said", FORM(4 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/check", ASSESSMENT_VIEW, assessment_check_page, "Check and sign", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/sign", ASSESSMENT_SIGN, assessment_sign_take, "Sign", FORM(4 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/correct", ASSESSMENT_WRITE, assessment_correct_page, "Correct", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/correct", ASSESSMENT_WRITE, assessment_correct_take, "Correct", FORM(128 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/withdraw", ASSESSMENT_SIGN, assessment_withdraw_page, "Withdraw", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/withdraw", ASSESSMENT_SIGN, assessment_withdraw_take, "Withdraw", FORM(128 * KIB)),
	ROUTE(GET, "/children/{child}/assessments/{assessment}/discard", ASSESSMENT_WRITE, assessment_discard_page, "Throw a draft away", PAGE),
	ROUTE(POST, "/children/{child}/assessments/{assessment}/discard", ASSESSMENT_WRITE, assessment_discard_take, "Throw a draft away", FORM(4 * KIB)),
};
/* clang-format on */
const size_t site_route_count = sizeof site_routes / sizeof *site_routes;
