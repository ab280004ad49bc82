/* SPDX-License-Identifier: MIT */
/* All that the files tell about one child, and who writes it. */
#ifndef HEARTH_DEMO_STORY_H
#define HEARTH_DEMO_STORY_H

#include "demo/assessments.h"
#include "demo/costs.h"
#include "demo/episodes.h"
#include "demo/rows.h"

struct story_of_child {
	struct child child;
	struct stays stays;
	struct episodes episodes;
	struct assessments assessments;
	struct cost_lines costs;
};

/* The SSDA903 rows of the child, year by year, as each year's return would have shown them. */
void returns_write(struct files *files, struct story_of_child *story);

/* The yearly facts beside the episodes: reviews, health, leaving care, adoption, missing. */
void outcomes_write(struct files *files, struct story_of_child *story, int year);

/* children.csv, assessments.csv and costs.csv. */
void natives_write(struct files *files, struct story_of_child *story);

/* homes.csv, providers.csv and carer_enquiries.csv. */
void homes_write(struct files *files);
void providers_write(struct files *files);
void enquiries_write(struct files *files);

/* First and last day of a collection year, not after the day as at. */
int32_t year_first_day(int year);
int32_t year_last_day(const struct cast *cast, int year);

/* Whether the child was looked after (or had short breaks) on some day of these. */
bool story_touches(const struct story_of_child *story, int32_t first, int32_t last);

#endif
