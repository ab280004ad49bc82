/* SPDX-License-Identifier: MIT */
/*
 * What the demonstration population is like, as data/demo/ says: shares, ages, needs and costs.
 *
 * The one rule: every number that makes the population resemble the published report is in those
 * files; the code only deals children out by them.
 */
#ifndef HEARTH_DEMO_PARAMETERS_H
#define HEARTH_DEMO_PARAMETERS_H

#include "base/arena.h"
#include "demo/choices.h"

enum {
	DOMAIN_COUNT = 13,
	BAND_COUNT = 3, /* sex_age_band */
	AGE_COUNT = 18,
	AUTHORITY_COUNT = 5,
	KNOTS_MOST = 16,
	STAGE_COUNT = 6, /* of the way to foster */
};

/* Sizes and habits of a placement kind. Needs are on the scale of the scores. */
struct kind_parameters {
	double children;  /* of the cohort, relative to the other kinds */
	double need;	  /* added to every domain, times the domain's level */
	double common;	  /* spread that a child's domains share */
	double skew;	  /* of what they share: more children far above the mean than below it */
	double own;	  /* spread of each domain by itself */
	double cost_need; /* correlation of cost and need among the children of the kind */
	double moves;	  /* a year */
	double change;	  /* of each domain's need in a year */
	int from_age;
	double ages[AGE_COUNT];		/* relative */
	double cost_rank[KNOTS_MOST];	/* 0 to 1 */
	double cost_pounds[KNOTS_MOST]; /* a week, of the child at that rank */
	size_t knots;
};

/* Of the children of a kind and sex_age_band; shares 0 to 1. EHCP and exclusion are of those of
 * school age, unaccompanied of boys of 15 and over. */
struct profile_parameters {
	double male, disabled, ehcp, ehcp_disabled, excluded, unaccompanied;
};

struct domain_parameters {
	double base, level, loading, spread;
};

/* Points by which a fact about a child raises each domain. */
struct effect {
	struct text factor, code;
	double points[DOMAIN_COUNT];
};

struct authority {
	struct text letter, name, folder, postcode_area;
	double children;
};

struct provider {
	struct text id, name, sector;
	enum kind kind;
	double weight;
};

struct providers {
	const struct provider *rows;
	size_t count;
};

struct stage {
	struct text name;
	double go_on, withdraw; /* shares: of those who reach it; of those who stop there */
	double huddle;		/* share that a huddle talks about */
	double days;		/* median */
};

struct parameters {
	struct kind_parameters kinds[KIND_COUNT];
	struct profile_parameters profiles[KIND_COUNT][BAND_COUNT];
	struct domain_parameters domains[DOMAIN_COUNT];
	double sex_band_need[BAND_COUNT][2]; /* female, male */
	const struct effect *effects;
	size_t effect_count;
	struct authority authorities[AUTHORITY_COUNT];
	struct providers providers;
	struct choices ethnicities, unaccompanied; /* first: code, second: group */
	struct choices places;			   /* first: PLACE, second: PLACE_PROVIDER */
	struct choices paths;			   /* first: kind of the placement before */
	struct choices durations;		   /* weight: rank; first: who; second: years */
	struct choices leavers;			   /* first: REC */
	struct choices elements;		   /* first: element; second: paid_by */
	struct choices reasons;			   /* first: REASON_PLACE_CHANGE */
	struct choices needs;			   /* first: category of need */
	struct choices home_names;		   /* first: a name */
	struct choices stops; /* first: why an enquiry ended; second: outcome */
	struct choices notes; /* first: what a huddle noted */
	struct stage stages[STAGE_COUNT];
};

/* Reads data/demo/. ERROR_INPUT where a file is missing or not as expected. */
bool parameters_read(
	struct arena *arena, struct parameters *out_parameters, struct error *error) MUST_CHECK;

#endif
