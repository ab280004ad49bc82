/* SPDX-License-Identifier: MIT */
/* From a population to the published numbers: writes it, imports it, runs every figure, compares.
 */
#ifndef HEARTH_TESTS_DEMO_REPRODUCE_H
#define HEARTH_TESTS_DEMO_REPRODUCE_H

#include "demo/check.h"
#include "demo/demo.h"

struct demo_reproduction {
	struct demo_target *targets;
	size_t target_count;
	size_t problems; /* that the import had with the files: none is expected */
};

/* Works below `options->folder`, an empty folder or none yet: the files go to children/, the record
 * to record.db. Everything returned lives in `arena`. */
bool demo_reproduce(struct demo_reproduction *out_reproduction, struct arena *arena,
	const struct demo_options *options, struct error *error) MUST_CHECK;

#endif
