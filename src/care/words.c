/* SPDX-License-Identifier: MIT */
/*
 * The texts of a row, packed and sealed as one value: a length of four bytes (least first) before
 * each. So a row costs one seal however many fields it has, and a field that is added later reads
 * as empty in the rows of before.
 */
#include "care/rows.h"

enum { LENGTH_BYTES = 4 };

static void put_length(struct buffer *packed, size_t length)
{
	for (int i = 0; i < LENGTH_BYTES; i++)
		buffer_char(packed, (char)(length >> 8 * i & 0xff));
}

bool care_words_seal(struct store *store, struct arena *arena, struct vault_place place,
	const struct text *words, size_t count, struct text *out_sealed, struct error *error)
{
	struct buffer packed = buffer_in(arena);

	for (size_t i = 0; i < count; i++) {
		put_length(&packed, words[i].length);
		buffer_text(&packed, words[i]);
	}
	if (packed.failed)
		return error_no_memory(error);
	return vault_seal_in(store_vault(store), arena, place,
		(struct text){packed.data, packed.length}, out_sealed, error);
}

static bool take_word(struct text *packed, struct text *out_word)
{
	size_t length = 0;

	*out_word = (struct text){0};
	if (!packed->length)
		return true;
	if (packed->length < LENGTH_BYTES)
		return false;
	for (int i = 0; i < LENGTH_BYTES; i++)
		length |= (size_t)(unsigned char)packed->data[i] << 8 * i;
	if (length > packed->length - LENGTH_BYTES)
		return false;
	*out_word = (struct text){packed->data + LENGTH_BYTES, length};
	packed->data += LENGTH_BYTES + length;
	packed->length -= LENGTH_BYTES + length;
	return true;
}

bool care_words_open(struct store *store, struct arena *arena, struct vault_place place,
	struct text sealed, struct text *out_words, size_t count, struct error *error)
{
	struct text packed;

	if (!vault_open_in(store_vault(store), arena, place, sealed, &packed, error))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!take_word(&packed, &out_words[i]))
			return error_set(error, ERROR_INPUT,
				"row %lld of %s is damaged: restore the last backup",
				(long long)place.row, place.table);
	return true;
}
