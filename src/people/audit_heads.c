/* SPDX-License-Identifier: MIT */
/* Heads of the chain as lines of a file that is kept elsewhere. */
#include <inttypes.h>

#include "base/crypto.h"
#include "people/audit.h"

void audit_head_write(const struct audit_head *head, struct buffer *line)
{
	char hash[AUDIT_HASH_TEXT_SIZE];

	buffer_format(line, "%" PRId64 " %" PRId64 " %s", head->sequence, head->at,
		crypto_base64(head->hash, sizeof head->hash, hash, sizeof hash));
}

static bool read_head(struct text line, struct audit_head *out_head)
{
	struct text rest = line, piece;

	return text_split(&rest, ' ', &piece) && text_integer(piece, &out_head->sequence) &&
	       text_split(&rest, ' ', &piece) && text_integer(piece, &out_head->at) &&
	       out_head->sequence >= 0 &&
	       crypto_base64_read(text_trim(rest), out_head->hash, sizeof out_head->hash);
}

static size_t count_lines(struct text lines)
{
	size_t count = 1;

	for (size_t i = 0; i < lines.length; i++)
		count += lines.data[i] == '\n';
	return count;
}

bool audit_heads_read(
	struct arena *arena, struct text lines, struct audit_heads *out_heads, struct error *error)
{
	struct audit_heads heads = {0};
	struct text rest = lines, line;

	heads.heads = arena_take(arena, count_lines(lines), sizeof *heads.heads);
	if (!heads.heads)
		return error_no_memory(error);
	for (int number = 1; text_split(&rest, '\n', &line); number++) {
		line = text_trim(line);
		if (!line.length || line.data[0] == '#')
			continue;
		if (!read_head(line, &heads.heads[heads.count]))
			return error_set(error, ERROR_INPUT,
				"line %d of the heads is none: it should be a number, a time and a "
				"hash",
				number);
		heads.count += heads.heads[heads.count].sequence > 0;
	}
	*out_heads = heads;
	return true;
}
