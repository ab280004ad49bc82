/* SPDX-License-Identifier: MIT */
/*
 * The demonstration population: synthetic children of five fictitious authorities, written as the
 * files a council would import, so that the whole program can be tried without anybody's data.
 *
 * The one rule: a child depends on the seed, the child's number, the number of children and
 * data/demo/ alone. The same options write the same bytes on every machine.
 */
#ifndef HEARTH_DEMO_DEMO_H
#define HEARTH_DEMO_DEMO_H

#include "base/error.h"

#include <stdint.h>

struct demo_options {
	uint64_t seed;
	int64_t children; /* looked after on as_at; those who left before come on top */
	const char *folder;
	int32_t as_at; /* days, as in base/date.h */
	int years;     /* of returns, costs and assessments up to as_at */
};

enum { DEMO_CHILDREN_MOST = 4000000, DEMO_YEARS = 5, DEMO_YEARS_MOST = 10 };

/* Seed 1, 3,528 children as at 31 March 2023, no folder: the population that data/published.csv is
 * met with. */
struct demo_options demo_defaults(void);

/* Writes SSDA903 tables (a folder a year below one an authority) and the native tables. The folder
 * is made; ERROR_CONFLICT when it holds anything but an earlier demonstration, which is replaced.
 */
bool demo_write(const struct demo_options *options, struct error *error) MUST_CHECK;

#endif
