/* SPDX-License-Identifier: MIT */
#include "store/sealed_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/sealed_keys.h"

enum { LENGTH_BYTES = 4, PIECE_SEALED = SEALED_PIECE_BYTES + STREAM_SEAL_EXTRA };

struct sealed_writer {
	const char *path, *beside;
	int handle;
	struct stream_seal stream;
	unsigned char head[SEALED_HEAD_BYTES];
	bool begun; /* the first piece, which vouches for the head, is written */
	int64_t bytes;
	size_t used;
	char piece[SEALED_PIECE_BYTES];
	unsigned char sealed[LENGTH_BYTES + PIECE_SEALED];
};

static bool write_bytes(
	struct sealed_writer *writer, const void *bytes, size_t length, struct error *error)
{
	if (!file_write_bytes(writer->handle, (struct text){bytes, length}))
		return error_system(
			error, errno, "the backup %.100s cannot be written", writer->path);
	writer->bytes += (int64_t)length;
	return true;
}

static bool write_piece(struct sealed_writer *writer, bool last, struct error *error)
{
	struct text place = {(const char *)writer->head, writer->begun ? 0 : SEALED_HEAD_BYTES};
	size_t length = writer->used;

	for (size_t i = 0; i < LENGTH_BYTES; i++)
		writer->sealed[i] = (unsigned char)(length >> (8 * i));
	stream_seal_piece(&writer->stream, place, (struct text){writer->piece, length}, last,
		writer->sealed + LENGTH_BYTES);
	writer->begun = true;
	writer->used = 0;
	return write_bytes(
		writer, writer->sealed, LENGTH_BYTES + length + STREAM_SEAL_EXTRA, error);
}

static bool begin(struct sealed_writer *writer, struct arena *arena, const struct sealed_keys *keys,
	int64_t key_number, struct error *error)
{
	struct sealed_head head;
	unsigned char key[CRYPTO_KEY_BYTES];

	if (!sealed_head_make(&head, arena, keys, key_number, key, error))
		return false;
	stream_seal_begin(&writer->stream, key, head.stream);
	crypto_wipe(key, sizeof key);
	sealed_head_write(&head, writer->head);
	writer->handle =
		open(writer->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (writer->handle < 0)
		return error_system(
			error, errno, "the backup %.100s cannot be written", writer->beside);
	return write_bytes(writer, writer->head, sizeof writer->head, error);
}

bool sealed_create(struct sealed_writer **out_writer, struct arena *arena, const char *path,
	const struct sealed_keys *keys, int64_t key_number, struct error *error)
{
	struct sealed_writer *writer = arena_take(arena, 1, sizeof *writer);
	struct error ignored;
	int64_t bytes;

	if (!writer)
		return error_no_memory(error);
	writer->path = path;
	writer->beside = arena_format(arena, "%s.%ld.part", path, (long)getpid());
	writer->handle = -1;
	if (!writer->beside)
		return error_no_memory(error);
	if (file_exists(path))
		return error_set(error, ERROR_CONFLICT,
			"%.120s is there already: a backup never takes another file's place", path);
	if (begin(writer, arena, keys, key_number, error)) {
		*out_writer = writer;
		return true;
	}
	if (!sealed_end(writer, false, &bytes, &ignored))
		return false;
	return false;
}

bool sealed_write(struct sealed_writer *writer, struct text bytes, struct error *error)
{
	while (bytes.length) {
		size_t room = SEALED_PIECE_BYTES - writer->used;
		size_t now = bytes.length < room ? bytes.length : room;

		memcpy(writer->piece + writer->used, bytes.data, now);
		writer->used += now;
		bytes = (struct text){bytes.data + now, bytes.length - now};
		/* a full piece waits: it may be the last */
		if (bytes.length && !write_piece(writer, false, error))
			return false;
	}
	return true;
}

bool sealed_end(struct sealed_writer *writer, bool done, int64_t *out_bytes, struct error *error)
{
	done = done && write_piece(writer, true, error);
	if (done && fsync(writer->handle) != 0)
		done = error_system(
			error, errno, "the backup %.100s cannot be written", writer->path);
	if (writer->handle >= 0 && close(writer->handle) != 0 && done)
		done = error_system(
			error, errno, "the backup %.100s cannot be written", writer->path);
	done = done && file_give_name(writer->beside, writer->path, error);
	if (!done && writer->handle >= 0)
		unlink(writer->beside);
	*out_bytes = writer->bytes;
	crypto_wipe(&writer->stream, sizeof writer->stream);
	crypto_wipe(writer->piece, sizeof writer->piece);
	return done;
}

struct sealed_reader {
	const char *path;
	struct file_map map;
	struct stream_seal stream;
	size_t at;		/* of the next piece in the file */
	bool last;		/* was opened */
	struct text rest;	/* of the piece */
	struct buffer together; /* what goes over the end of a piece */
	char piece[SEALED_PIECE_BYTES];
};

static bool altered(const struct sealed_reader *reader, struct error *error)
{
	return error_set(error, ERROR_INPUT,
		"%.120s was altered or damaged after byte %zu: use another backup", reader->path,
		reader->at);
}

static bool cut_short(const struct sealed_reader *reader, struct error *error)
{
	return error_set(error, ERROR_INPUT,
		"%.120s is cut short: it ends after %zu bytes, before its contents do; use another "
		"backup",
		reader->path, reader->map.bytes.length);
}

static bool next_piece(struct sealed_reader *reader, struct error *error)
{
	struct text file = reader->map.bytes, place = {file.data, SEALED_HEAD_BYTES};
	const unsigned char *at = (const unsigned char *)file.data + reader->at;
	size_t left = file.length - reader->at, length = 0;

	if (reader->last)
		return altered(reader, error);
	if (left < LENGTH_BYTES + STREAM_SEAL_EXTRA)
		return cut_short(reader, error);
	for (size_t i = 0; i < LENGTH_BYTES; i++)
		length |= (size_t)at[i] << (8 * i);
	if (length > SEALED_PIECE_BYTES)
		return altered(reader, error);
	if (left < LENGTH_BYTES + length + STREAM_SEAL_EXTRA)
		return cut_short(reader, error);
	place.length = reader->at == SEALED_HEAD_BYTES ? SEALED_HEAD_BYTES : 0;
	if (!stream_open_piece(&reader->stream, place,
		    (struct text){(const char *)at + LENGTH_BYTES, length + STREAM_SEAL_EXTRA},
		    (unsigned char *)reader->piece, &reader->last))
		return altered(reader, error);
	reader->at += LENGTH_BYTES + length + STREAM_SEAL_EXTRA;
	reader->rest = (struct text){reader->piece, length};
	return true;
}

static bool read_head(struct sealed_reader *reader, struct arena *arena,
	const struct sealed_keys *keys, struct error *error)
{
	struct text file = reader->map.bytes;
	struct sealed_head head;
	unsigned char key[CRYPTO_KEY_BYTES];
	bool done;

	if (file.length < SEALED_HEAD_BYTES)
		return error_set(error, ERROR_INPUT,
			"%.120s is no backup of Hearth, or is cut short after %zu bytes",
			reader->path, file.length);
	if (!sealed_head_read(&head, (const unsigned char *)file.data, reader->path, error) ||
		!sealed_head_key(&head, arena, keys, reader->path, key, error))
		return false;
	done = stream_open_begin(&reader->stream, key, head.stream);
	crypto_wipe(key, sizeof key);
	reader->at = SEALED_HEAD_BYTES;
	return done || altered(reader, error);
}

bool sealed_open(struct sealed_reader **out_reader, struct arena *arena, const char *path,
	const struct sealed_keys *keys, struct error *error)
{
	struct sealed_reader *reader = arena_take(arena, 1, sizeof *reader);

	if (!reader)
		return error_no_memory(error);
	reader->path = path;
	reader->together = buffer_in(arena);
	if (!file_map_open(&reader->map, path, SIZE_MAX, error))
		return false;
	if (read_head(reader, arena, keys, error)) {
		*out_reader = reader;
		return true;
	}
	sealed_close(reader);
	return false;
}

bool sealed_take(
	struct sealed_reader *reader, size_t length, struct text *out_bytes, struct error *error)
{
	struct buffer *together = &reader->together;

	together->length = 0;
	if (!reader->rest.length && length && !next_piece(reader, error))
		return false;
	while (length > reader->rest.length + together->length) {
		buffer_text(together, reader->rest);
		if (together->failed)
			return error_no_memory(error);
		if (!next_piece(reader, error))
			return false;
	}
	*out_bytes = (struct text){reader->rest.data, length};
	length -= together->length;
	if (together->length) {
		buffer_text(together, (struct text){reader->rest.data, length});
		if (together->failed)
			return error_no_memory(error);
		*out_bytes = (struct text){together->data, together->length};
	}
	reader->rest = (struct text){reader->rest.data + length, reader->rest.length - length};
	return true;
}

bool sealed_finished(struct sealed_reader *reader, struct error *error)
{
	if (!reader->last && !reader->rest.length && !next_piece(reader, error))
		return false;
	if (!reader->last || reader->rest.length)
		return altered(reader, error);
	if (reader->at == reader->map.bytes.length)
		return true;
	return error_set(error, ERROR_INPUT,
		"%.120s was altered: %zu bytes were added after its end", reader->path,
		reader->map.bytes.length - reader->at);
}

int64_t sealed_bytes(const struct sealed_reader *reader)
{
	return (int64_t)reader->map.bytes.length;
}

void sealed_close(struct sealed_reader *reader)
{
	if (!reader)
		return;
	file_map_close(&reader->map);
	crypto_wipe(&reader->stream, sizeof reader->stream);
	crypto_wipe(reader->piece, sizeof reader->piece);
}
