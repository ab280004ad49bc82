/* SPDX-License-Identifier: MIT */
/* The bytes of packed rows and of a backup's contents: numbers, texts, cells. Within store/. */
#ifndef HEARTH_STORE_PACKED_H
#define HEARTH_STORE_PACKED_H

#include "store/database.h"

/* An unsigned number, 7 bits a byte, least first. */
void pack_number(struct buffer *out, uint64_t number);
/* Its length, then its bytes. */
void pack_text(struct buffer *out, struct text text);
void pack_cell(struct buffer *out, const struct cell *cell);

/* Cut it off the front of *rest; false when *rest is nothing of the kind. Texts stay in *rest. */
bool unpack_number(struct text *rest, uint64_t *out_number);
bool unpack_text(struct text *rest, struct text *out_text);
bool unpack_cell(struct text *rest, struct cell *out_cell);

#endif
