/* SPDX-License-Identifier: MIT */
/*
 * What made-up children say of themselves, for the record of the demonstration: About me, goals
 * with progress and a review, dealt out by age from data/demo/voices.csv and goals.csv.
 *
 * The one rule: only for children nobody wrote about before; and only a caller that has made sure
 * that the record is of the demonstration population calls it.
 */
#ifndef HEARTH_DEMO_VOICES_H
#define HEARTH_DEMO_VOICES_H

#include "care/care.h"
#include "cohort/history.h"

struct voices_writer {
	struct store *store; /* in a transaction */
	const struct actor *actor;
	struct text shown, authority;
	const struct history *history;
	int32_t today;
};

/* Writes for `children` (numbers of the record). */
bool voices_write(struct arena *arena, const struct voices_writer *writer, const int64_t *children,
	size_t count, struct error *error) MUST_CHECK;

#endif
