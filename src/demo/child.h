/* SPDX-License-Identifier: MIT */
/*
 * Who the children of the demonstration are: age, sex, flags, needs and cost on the day.
 *
 * The one rule: children of the cohort are dealt from a deck sorted by kind, age band, sex and
 * disability, so that shares hold exactly and needs and costs fill their ranges evenly in every
 * group; what is left to chance comes from the child's own random numbers.
 */
#ifndef HEARTH_DEMO_CHILD_H
#define HEARTH_DEMO_CHILD_H

#include "base/date.h"
#include "demo/demo.h"
#include "demo/parameters.h"
#include "numeric/random.h"

enum {
	CELL_COUNT = KIND_COUNT * BAND_COUNT * 2 * 2,
	HOME_BLOCK = 3, /* children of the cohort who share a home */
	ID_SIZE = 32,
};

/* Everything that all children share. */
struct cast {
	const struct parameters *parameters;
	struct demo_options options;
	uint64_t children, leavers,
		short_breaks;	       /* in the cohort; left before; never looked after */
	uint64_t cell_end[CELL_COUNT]; /* places of the deck, running sums */
	uint64_t kind_start[KIND_COUNT + 1];
	int32_t first_day; /* 1 April from which returns and costs are kept */
};

enum story { STORY_LOOKED_AFTER, STORY_LEFT, STORY_SHORT_BREAKS };

struct child {
	char id[ID_SIZE];
	enum story story;
	struct random random;
	enum kind kind; /* of the current or last placement */
	size_t band;
	int age; /* on the day as at, or when leaving */
	bool male, disabled, ehcp, excluded, unaccompanied;
	const struct choice *ethnicity;
	size_t authority;
	uint64_t home;	 /* of children's homes */
	size_t provider; /* index into the providers, where the kind has any */
	int32_t born, entered;
	int32_t left; /* DATE_MISSING while looked after */
	struct text reason_left;
	double cost_rank;	     /* 0 cheapest to 1 dearest of the kind */
	double points[DOMAIN_COUNT]; /* needs before they are rounded to scores */
};

struct cast cast_make(const struct parameters *parameters, const struct demo_options *options);

/* How many children the files name. */
uint64_t cast_size(const struct cast *cast);

/* Child number 0 to cast_size - 1, in the order of their ids. */
void child_make(struct child *out_child, const struct cast *cast, uint64_t number);

/* Homes of one of the two kinds of children's homes, and whose they are. */
uint64_t home_count(const struct cast *cast, enum kind kind);
size_t home_authority(const struct cast *cast, uint64_t home);
size_t home_provider(const struct cast *cast, uint64_t home);

/* The provider of that kind on which a share falls; the number of providers when there is none. */
size_t provider_choose(const struct cast *cast, enum kind kind, double share);

/* A score of 0 to 10. */
int score_of(double points);

#endif
