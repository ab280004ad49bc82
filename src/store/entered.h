/* SPDX-License-Identifier: MIT */
/*
 * An assessment that was written here, as a row of the record beside those of files.
 *
 * The one rule: such a row has an entry among the imports of its own, so that figures, the order of
 * rows and taking back know one kind of row; it is taken back here and not by store_undo, because
 * somebody signed for it.
 */
#ifndef HEARTH_STORE_ENTERED_H
#define HEARTH_STORE_ENTERED_H

#include "store/change.h"

struct entered_assessment {
	int64_t child; /* of child_identity */
	const struct framework *framework;
	int32_t assessed_on;
	struct text reason;    /* code of "assessment_reason", or empty */
	struct text assessor;  /* who signed */
	const uint8_t *scores; /* [domain_count], none of them blank */
	int64_t now;	       /* seconds since 1970, UTC */
};

/* Puts the row in; *out_import is its entry. In the caller's transaction. */
bool store_enter_assessment(struct store *store, struct arena *arena,
	const struct entered_assessment *assessment, int64_t *out_import,
	struct error *error) MUST_CHECK;

/* Takes it out again: no figure knows it from then on. ERROR_MISSING when it is no such entry,
 * ERROR_CONFLICT when it is out already. In the caller's transaction. */
bool store_take_back(struct store *store, int64_t import, struct text by, int64_t now,
	struct error *error) MUST_CHECK;

#endif
