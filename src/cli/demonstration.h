/* SPDX-License-Identifier: MIT */
/* The demonstration and people's own records are kept apart. */
#ifndef HEARTH_CLI_DEMONSTRATION_H
#define HEARTH_CLI_DEMONSTRATION_H

#include "base/arena.h"
#include "store/store.h"

/* ERROR_DENIED unless every authority of the record is fictitious; *out_first is the first one,
 * {NULL, 0} while the record has none. */
bool demonstration_only(struct store *store, struct arena *arena, struct text *out_first,
	struct error *error) MUST_CHECK;

/* Whether the record may be served as what it is said to be: as a demonstration only with made-up
 * children, as a council's own only without users of a demonstration. */
bool demonstration_fits(struct store *store, struct arena *arena, bool demonstration,
	struct error *error) MUST_CHECK;

#endif
