/* SPDX-License-Identifier: MIT */
/*
 * What an installation sets about accounts and sessions: data/people/settings.csv has the usual
 * values and their limits, the record what was changed.
 */
#ifndef HEARTH_PEOPLE_SETTINGS_H
#define HEARTH_PEOPLE_SETTINGS_H

#include "people/audit.h"

struct settings {
	int64_t session_idle_minutes; /* 30 */
	int64_t session_hours;	      /* 12 */
	int64_t sessions_at_once;     /* 5 */
	int64_t break_glass_minutes;  /* 180, which is also the most */
	int64_t first_password_days;  /* 7: how long a first password works */
};

bool settings_read(
	struct store *store, struct settings *out_settings, struct error *error) MUST_CHECK;

/* Sets one by its name; ERROR_INPUT when there is none of that name or the value is out of its
 * limits. In the caller's transaction. */
bool settings_change(struct store *store, const struct actor *actor, struct text name,
	int64_t value, struct error *error) MUST_CHECK;

#endif
