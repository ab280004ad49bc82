/* SPDX-License-Identifier: MIT */
/* One file of the daybook, as its writer and its readers know it; for store/ only. */
#ifndef HEARTH_STORE_DAYBOOK_FILE_H
#define HEARTH_STORE_DAYBOOK_FILE_H

#include "store/daybook.h"

enum {
	DAYBOOK_FILES = 2,
	DAYBOOK_START = 4096, /* of the first group */
	DAYBOOK_LENGTH_BYTES = 4,
	DAYBOOK_EXTRA = DAYBOOK_LENGTH_BYTES + DAYBOOK_HASH_BYTES, /* of a group, besides it */
};

struct daybook_head {
	char magic[16];
	int64_t book, turn;
	unsigned char
		hash[DAYBOOK_HASH_BYTES]; /* of what stands before; the first group's before */
};

/* Opens PATH-0 or PATH-1; -1 with errno. */
int daybook_file_open(const char *path, int64_t turn, int flags);

struct daybook_head daybook_head_made(int64_t book, int64_t turn);

/* Whether there is a good one. */
bool daybook_head_read(int file, struct daybook_head *out_head);

/* The hash of a group that stands behind `before`, of that turn: what is left of an earlier turn
 * never fits. */
void daybook_chain(const struct daybook_mark *before, struct text group,
	unsigned char out_hash[DAYBOOK_HASH_BYTES]);

#endif
