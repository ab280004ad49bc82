/* SPDX-License-Identifier: MIT */
/*
 * A sealed file: a head in clear that says how the key is made, then pieces of a sealed stream.
 *
 * The one rule: it gets its name only when it is whole and on the disk, and never in place of
 * another file; what is read of it is believed only up to the piece that was opened. Within store/.
 *
 * Head, 92 bytes: "hearth backup\n", form (1), how the key is made (1: from the record's key, 2:
 * from a passphrase), the record key's number (8 bytes, least first), passes and bytes of Argon2id
 * (4 and 8), salt (16), a check of the key (16), head of the stream (24). A piece: its length (4),
 * and so many bytes and 17 of the seal. The first piece vouches for the head.
 */
#ifndef HEARTH_STORE_SEALED_FILE_H
#define HEARTH_STORE_SEALED_FILE_H

#include "base/stream_seal.h"
#include "store/vault.h"

enum { SEALED_HEAD_BYTES = 92, SEALED_PIECE_BYTES = 1 << 16, SEALED_FORM = 1 };

/* Where keys come from; the files are read when they are needed. */
struct sealed_keys {
	const char *place, *key_file; /* of the record's key, as store_open_with takes them */
	const char *passphrase;	      /* a file whose first line it is; NULL: the record's key */
};

struct sealed_writer;

/* Begins a file beside `path`, for its owner only. key_number 0 with a passphrase. */
bool sealed_create(struct sealed_writer **out_writer, struct arena *arena, const char *path,
	const struct sealed_keys *keys, int64_t key_number, struct error *error) MUST_CHECK;
bool sealed_write(struct sealed_writer *writer, struct text bytes, struct error *error) MUST_CHECK;
/* Ends it: on the disk and under its name when `done`, else taken away. *out_bytes: its length. */
bool sealed_end(struct sealed_writer *writer, bool done, int64_t *out_bytes,
	struct error *error) MUST_CHECK;

struct sealed_reader;

/* ERROR_INPUT in words when it is no backup, of a newer form, or the key is another. */
bool sealed_open(struct sealed_reader **out_reader, struct arena *arena, const char *path,
	const struct sealed_keys *keys, struct error *error) MUST_CHECK;
/* The next bytes, exactly so many; ERROR_INPUT says whether the file is cut short or altered. They
 * live until the next call. */
bool sealed_take(struct sealed_reader *reader, size_t length, struct text *out_bytes,
	struct error *error) MUST_CHECK;
/* Nothing may follow. */
bool sealed_finished(struct sealed_reader *reader, struct error *error) MUST_CHECK;
int64_t sealed_bytes(const struct sealed_reader *reader);
void sealed_close(struct sealed_reader *reader); /* accepts NULL */

#endif
