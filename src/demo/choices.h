/* SPDX-License-Identifier: MIT */
/*
 * Placement kinds, and rows of data/demo/ of which one is taken by weight.
 *
 * The one rule: a row is taken only where kind and age fit.
 */
#ifndef HEARTH_DEMO_CHOICES_H
#define HEARTH_DEMO_CHOICES_H

#include "base/text.h"

/* In the order of the placement kinds of figures.md. */
enum kind {
	KIND_IN_HOUSE_FOSTERING,
	KIND_AGENCY_FOSTERING,
	KIND_IN_HOUSE_HOME,
	KIND_PRIVATE_HOME,
	KIND_SPECIALIST,
	KIND_SUPPORTED,
	KIND_FAMILY,
	KIND_OTHER,
	KIND_COUNT
};

/* KIND_COUNT when there is no such kind. */
enum kind kind_of(struct text name);

/* The figures' name of a kind. */
const char *kind_name(enum kind kind);

/* One row of a file of choices: taken with its weight where kind and age fit. */
struct choice {
	enum kind kind; /* KIND_COUNT: of any kind */
	int from_age, to_age;
	double weight;
	struct text first, second;
};

struct choices {
	const struct choice *rows;
	size_t count;
};

/* The row on which a share in [0, 1) falls; NULL when none fits. */
const struct choice *choice_take(
	const struct choices *choices, enum kind kind, int age, double share);

#endif
