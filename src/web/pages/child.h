/* SPDX-License-Identifier: MIT */
/* The pages of one child. */
#ifndef HEARTH_WEB_PAGES_CHILD_H
#define HEARTH_WEB_PAGES_CHILD_H

#include "web/route.h"

route_handler child_page;	      /* /children/{child} */
route_handler child_needs_page;	      /* /needs */
route_handler child_homes_page;	      /* /homes */
route_handler child_about_page;	      /* /about: the form */
route_handler child_about_save;	      /* POST /about */
route_handler child_about_versions;   /* /about/versions */
route_handler child_plan_page;	      /* /plan */
route_handler child_goal_new;	      /* /plan/new */
route_handler child_goal_add;	      /* POST /plan/new */
route_handler child_goal_page;	      /* /plan/{goal} */
route_handler child_goal_change_page; /* /plan/{goal}/change */
route_handler child_goal_change;      /* POST /plan/{goal}/change */
route_handler child_goal_progress;    /* POST /plan/{goal}/progress */
route_handler child_reviews_page;     /* /reviews */
route_handler child_review_page;      /* /reviews/write?on= */
route_handler child_review_save;      /* POST /reviews/write */
route_handler child_people_page;      /* /people: who works with the child */
route_handler child_allocate;	      /* POST /people */
route_handler child_seen_page;	      /* /seen: who has seen the child */
route_handler child_profile_page;     /* /profile: for a referral */
route_handler child_profile_named;    /* POST /profile: with the child's identity */
route_handler child_my_page;	      /* /my-page: for the young person */

#endif
