/* SPDX-License-Identifier: MIT */
/*
 * A version of the needs framework: its domains, bands and anchors.
 *
 * The one rule: never assume 13 domains or a maximum of 130; both belong to the version.
 */
#ifndef HEARTH_SCHEMA_FRAMEWORK_H
#define HEARTH_SCHEMA_FRAMEWORK_H

#include "base/text.h"

enum {
	DOMAINS_MOST = 16, /* the width of a row of scores in memory */
	BANDS_MOST = 4,	   /* none, minor, moderate, severe */
	SCORE_BLANK = 255, /* a domain not scored */
};

struct domain {
	const char *key;
	const char *label;
	const char *short_label;
	const char *description;
	const char *anchors[BANDS_MOST]; /* in plain English, by band */
	const char *strengths_prompts[BANDS_MOST];
};

struct band {
	const char *key; /* none, minor, moderate, severe */
	const char *label;
	int from, to; /* scores, or totals for total bands; both included */
};

struct framework {
	const char *id; /* "valuing-care-13" */
	const char *title;
	const char *version;
	const char *status; /* whose wording it is */
	struct domain domains[DOMAINS_MOST];
	size_t domain_count;
	int score_max;
	int max_total;
	int low_total; /* figure 6: a total of at most this is low */
	struct band bands[BANDS_MOST];
	size_t band_count;
	struct band total_bands[BANDS_MOST];
	size_t total_band_count;
	int severe_from; /* the first score of the last band */
};

/* Index of the domain, -1 when the version has none of that key. */
int framework_domain(const struct framework *framework, struct text key);

#endif
