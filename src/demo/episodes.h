/* SPDX-License-Identifier: MIT */
/*
 * SSDA903 episodes of a child of the demonstration: a new one at each move and at each change of
 * legal status.
 *
 * The one rule: RNE says what changed (S, L, P, T, B, U) and agrees with the episode before.
 */
#ifndef HEARTH_DEMO_EPISODES_H
#define HEARTH_DEMO_EPISODES_H

#include "demo/stays.h"

enum { LEGAL_MOST = 5, EPISODES_MOST = STAYS_MOST + LEGAL_MOST };

struct episode {
	int32_t from, to;	    /* to is DATE_MISSING for the current one */
	const char *reason_started; /* RNE */
	struct text legal_status;
	struct text reason_ended; /* REC; empty while open */
	struct text reason_moved; /* REASON_PLACE_CHANGE */
	const struct stay *stay;
};

struct episodes {
	struct episode rows[EPISODES_MOST];
	size_t count;
	struct text need; /* category of need, the same throughout */
	char home_postcode[POSTCODE_SIZE];
};

void episodes_make(struct episodes *out_episodes, const struct stays *stays, struct child *child,
	const struct cast *cast);

#endif
