/* SPDX-License-Identifier: MIT */
/*
 * Needs assessments of a child of the demonstration: when the child came, yearly, after moves.
 *
 * The one rule: the latest one has the needs that the child was dealt; earlier ones lead up to them
 * in small steps.
 */
#ifndef HEARTH_DEMO_ASSESSMENTS_H
#define HEARTH_DEMO_ASSESSMENTS_H

#include "demo/stays.h"

enum { ASSESSMENTS_MOST = 44 };

struct assessment {
	int32_t on;
	const char *reason;
	int assessor;
	bool partial; /* the last three domains are not scored yet */
	uint8_t scores[DOMAIN_COUNT];
};

struct assessments {
	struct assessment rows[ASSESSMENTS_MOST]; /* earliest first */
	size_t count, most;
};

void assessments_make(struct assessments *out_assessments, const struct stays *stays,
	struct child *child, const struct cast *cast);

#endif
