/* SPDX-License-Identifier: MIT */
/* What changed since last time, as data for sentences. */
#ifndef HEARTH_CARE_NEEDS_CHANGE_H
#define HEARTH_CARE_NEEDS_CHANGE_H

#include "care/assessment.h"

struct needs_change {
	size_t domain;
	int from, to;		   /* scores */
	size_t band_from, band_to; /* into framework->bands */
	int32_t since;		   /* the day of `from` */
};

struct needs_changes {
	struct needs_change changes[DOMAINS_MOST];
	size_t count;	   /* the greatest change first: falls in need, then rises, by size */
	size_t first_rise; /* changes[0, first_rise) fell */
	size_t same;	   /* domains with the score they had */
	size_t compared;   /* domains that have a score now and had one before */
};

/* Compares every domain with its `before`. */
void needs_changes(const struct assessment *assessment, struct needs_changes *out_changes);

/* The band of a score, into framework->bands; band_count for SCORE_BLANK. */
size_t needs_band(const struct framework *framework, int score);

#endif
