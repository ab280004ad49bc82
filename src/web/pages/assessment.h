/* SPDX-License-Identifier: MIT */
/* Handlers of assessments, for routes.c. */
#ifndef HEARTH_WEB_PAGES_ASSESSMENT_H
#define HEARTH_WEB_PAGES_ASSESSMENT_H

#include "web/route.h"

/* assessments.c: those of a child, and beginning one. */
route_handler assessments_page, assessment_start_page, assessment_start_take;

/* assessment.c: the task list of a draft, or a version to read; its day and reason; throwing a
 * draft away. */
route_handler assessment_page_show, assessment_head_page, assessment_head_take;
route_handler assessment_discard_page, assessment_discard_take;

/* assessment_area.c: one domain of a draft. A script that saves as somebody types asks for JSON. */
route_handler assessment_area_page, assessment_area_take;

/* assessment_team.c: what others say. */
route_handler assessment_team_page, assessment_team_take, assessment_team_remove_take;

/* assessment_sign.c: checking and signing, a new version, withdrawing. */
route_handler assessment_check_page, assessment_sign_take;
route_handler assessment_correct_page, assessment_correct_take;
route_handler assessment_withdraw_page, assessment_withdraw_take;

#endif
