/* SPDX-License-Identifier: MIT */
/* The key file of a record: found, made, read, and held against the record's mark. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "store/change.h"
#include "store/place.h"
#include "store/record.h"
#include "store/vault_keys.h"

#define LINE_WORD "hearth-key"

enum { KEY_FILE_LONGEST = 1 << 14, KEY_LINE_SIZE = 80 };

struct key_file {
	const char *path;
	bool credential; /* handed over by systemd, which keeps it from others in its own way */
};

/* A record on a server has no beside: its key is where records are when nobody says, under the
 * address without what comes before the host and after the name. */
static bool key_of_server(
	struct arena *arena, const char *place, struct key_file *out_file, struct error *error)
{
	const char *usual, *start = strstr(place, "://") + 3, *user = strchr(start, '@');
	char *path, *slash;
	size_t folder, length;

	if (!store_default_place(arena, &usual, error))
		return false;
	folder = (size_t)(strrchr(usual, '/') - usual);
	start = user ? user + 1 : start;
	length = strcspn(start, "?");
	path = arena_format(arena, "%.*s/server/%s%.*s.key", (int)folder, usual,
		start[0] == '/' ? "local" : "", (int)length, start);
	if (!path)
		return error_no_memory(error);
	for (slash = path + folder + strlen("/server/"); *slash; slash++)
		if (*slash == '/')
			*slash = '-';
	slash = path + folder + strlen("/server");
	*slash = 0;
	if (!file_is_folder(path) && !file_make_folder(path, error))
		return false;
	*slash = '/';
	out_file->path = path;
	return true;
}

/* Beside the file itself, wherever a link to it is. */
static bool key_beside(
	struct arena *arena, const char *place, struct key_file *out_file, struct error *error)
{
	char *plain;

	if (!place_is_file(place))
		return key_of_server(arena, place, out_file, error);
	plain = realpath(place, NULL);
	if (!plain)
		return error_system(error, errno, "%s cannot be found", place);
	out_file->path = arena_format(arena, "%s.key", plain);
	free(plain);
	return out_file->path || error_no_memory(error);
}

static bool find_file(struct arena *arena, const char *place, const char *key_file,
	struct key_file *out_file, struct error *error)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char *path;

	*out_file = (struct key_file){.path = key_file};
	if (key_file)
		return true;
	if (folder && folder[0] == '/') {
		path = arena_format(arena, "%s/hearth.key", folder);
		if (!path)
			return error_no_memory(error);
		if (access(path, F_OK) == 0) {
			*out_file = (struct key_file){path, true};
			return true;
		}
	}
	return key_beside(arena, place, out_file, error);
}

/* Keys for one use each from the key of the file. */
static void derive(struct vault_key *key, int64_t number, const unsigned char *secret)
{
	key->number = number;
	crypto_mac(secret, TEXT("hearth seal"), key->seal);
	crypto_mac(secret, TEXT("hearth index"), key->index);
	crypto_mac(secret, TEXT("hearth backup"), key->backup);
}

static bool read_line(struct vault *vault, struct text line)
{
	unsigned char secret[CRYPTO_KEY_BYTES];
	struct text word, number, rest = line;
	int64_t value;

	if (vault->count == VAULT_KEYS_MOST || !text_split(&rest, ' ', &word) ||
		!text_is(word, LINE_WORD) || !text_split(&rest, ' ', &number) ||
		!text_integer(number, &value) || value < 1 || value > 255 ||
		!crypto_base64_read(text_trim(rest), secret, sizeof secret))
		return false;
	derive(&vault->keys[vault->count++], value, secret);
	crypto_wipe(secret, sizeof secret);
	return true;
}

static bool read_lines(struct vault *vault, const char *path, struct text rest, struct error *error)
{
	struct text line;

	for (int number = 1; text_split(&rest, '\n', &line); number++) {
		line = text_trim(line);
		if (line.length && line.data[0] != '#' && !read_line(vault, line))
			return error_set(error, ERROR_INPUT,
				"line %d of the key file %s is no key (or it has more than %d)",
				number, path, VAULT_KEYS_MOST);
	}
	return vault->count ||
	       error_set(error, ERROR_INPUT, "the key file %s has no key in it", path);
}

/* Read, not mapped: nothing of it stays in memory. */
static bool read_file(struct vault *vault, const struct key_file *file, struct error *error)
{
	char bytes[KEY_FILE_LONGEST];
	struct stat status;
	ssize_t length = -1;
	int handle = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool done = false;

	if (handle < 0)
		return errno == ENOENT
			       ? error_set(error, ERROR_MISSING,
					 "the key of the record is not at %s: name its file with "
					 "--key",
					 file->path)
			       : error_system(error, errno, "the key file %s cannot be read",
					 file->path);
	if (fstat(handle, &status) != 0 || !S_ISREG(status.st_mode)) {
		error_set(error, ERROR_INPUT, "%s is no file that holds a key", file->path);
		goto done;
	}
	if (!file->credential && (status.st_mode & 077)) {
		error_set(error, ERROR_DENIED,
			"the key file %s may be read by others: make it its owner's only (chmod "
			"600)",
			file->path);
		goto done;
	}
	length = read(handle, bytes, sizeof bytes);
	done = length < 0
		       ? error_system(error, errno, "the key file %s cannot be read", file->path)
		       : read_lines(vault, file->path, (struct text){bytes, (size_t)length}, error);
done:
	close(handle);
	crypto_wipe(bytes, sizeof bytes);
	return done;
}

/* The folder's entry of the file lasts too, or the record would outlive its key. */
static bool sync_folder(struct arena *arena, const char *path)
{
	char *folder = arena_string(arena, path), *slash = folder ? strrchr(folder, '/') : NULL;
	int handle;
	bool done;

	if (!folder)
		return false;
	if (slash)
		slash[slash == folder] = 0;
	handle = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	done = handle >= 0 && fsync(handle) == 0;
	if (handle >= 0)
		close(handle);
	return done;
}

static bool make_file(struct store *store, const char *path, struct error *error)
{
	char token[CRYPTO_TOKEN_SIZE], line[KEY_LINE_SIZE];
	int length = snprintf(line, sizeof line, LINE_WORD " 1 %s\n", crypto_token(token));
	int handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool done = handle >= 0 && file_write_bytes(handle, (struct text){line, (size_t)length}) &&
		    fsync(handle) == 0 && sync_folder(store->arena, path);
	int number = errno;

	if (handle >= 0)
		close(handle);
	if (handle >= 0 && !done)
		unlink(path);
	crypto_wipe(token, sizeof token);
	crypto_wipe(line, sizeof line);
	return done || error_system(error, number, "the key file %s cannot be made", path);
}

static void make_mark(const struct vault_key *key, unsigned char out_mark[CRYPTO_MAC_BYTES])
{
	crypto_mac(key->index, TEXT("hearth record"), out_mark);
}

/* The key that the record is in; *out_there false when it is in none yet. */
static bool match_mark(struct store *store, struct vault *vault, const struct key_file *file,
	bool *out_there, struct error *error)
{
	unsigned char mark[CRYPTO_MAC_BYTES];
	struct store_cursor *cursor;
	bool good = false;

	if (!store_query(store, "vault_key", &cursor, error) ||
		!store_next(cursor, out_there, error))
		return false;
	if (!*out_there)
		return true;
	if (!vault->count && !read_file(vault, file, error)) {
		store_rewind(cursor);
		return false;
	}
	for (size_t i = 0; i < vault->count; i++) {
		if (vault->keys[i].number != store_integer(cursor, 0))
			continue;
		make_mark(&vault->keys[i], mark);
		good = crypto_equal(
			store_text(cursor, 1), (struct text){(const char *)mark, sizeof mark});
		vault->used = &vault->keys[i];
	}
	store_rewind(cursor);
	return good ||
	       error_set(error, ERROR_INPUT,
		       "the key in %s is not the key of this record: name its file with --key",
		       file->path);
}

/* A first key for the record, from the file or made now; the mark says so from here on. */
static bool choose_key(
	struct store *store, struct vault *vault, const struct key_file *file, struct error *error)
{
	unsigned char mark[CRYPTO_MAC_BYTES];
	struct store_cursor *cursor;

	if (access(file->path, F_OK) != 0) {
		if (!make_file(store, file->path, error))
			return false;
		store->key_made = file->path;
	}
	if (!read_file(vault, file, error) || !store_query(store, "vault_key_add", &cursor, error))
		return false;
	vault->used = &vault->keys[vault->count - 1];
	make_mark(vault->used, mark);
	store_bind_integer(cursor, 1, vault->used->number);
	store_bind_bytes(cursor, 2, (struct text){(const char *)mark, sizeof mark});
	return store_run(cursor, error);
}

/* Two programs may come to this at once: the second finds it done. */
static bool lock_first(
	struct store *store, struct vault *vault, const struct key_file *file, struct error *error)
{
	bool there;

	if (!store_begin(store, error))
		return false;
	return store_end(store,
		match_mark(store, vault, file, &there, error) &&
			(there || choose_key(store, vault, file, error)),
		error);
}

bool record_unlock(
	struct store *store, const char *place, const char *key_file, struct error *error)
{
	struct vault *vault = arena_take(store->arena, 1, sizeof *vault);
	struct key_file file;
	bool there;

	if (!vault)
		return error_no_memory(error);
	store->vault = vault;
	if (!crypto_start(error) || !find_file(store->arena, place, key_file, &file, error) ||
		!match_mark(store, vault, &file, &there, error))
		return false;
	return there || store->mode == DATABASE_READ || lock_first(store, vault, &file, error);
}

bool vault_key_path(struct arena *arena, const char *place, const char *key_file,
	const char **out_path, bool *out_credential, struct error *error)
{
	struct key_file file;

	if (!find_file(arena, place, key_file, &file, error))
		return false;
	*out_path = file.path;
	*out_credential = file.credential;
	return true;
}

bool vault_backup_key(struct arena *arena, const char *place, const char *key_file, int64_t number,
	unsigned char *out_key, struct error *error)
{
	struct vault *vault = arena_take(arena, 1, sizeof *vault);
	struct key_file file;
	bool found = false;

	if (!vault)
		return error_no_memory(error);
	if (!find_file(arena, place, key_file, &file, error) || !read_file(vault, &file, error))
		return false;
	for (size_t i = 0; i < vault->count && !found; i++) {
		found = vault->keys[i].number == number;
		memcpy(out_key, vault->keys[i].backup, CRYPTO_KEY_BYTES);
	}
	crypto_wipe(vault, sizeof *vault);
	return found || error_set(error, ERROR_MISSING, "key number %lld is not in the key file %s",
				(long long)number, file.path);
}

const char *store_key_made(const struct store *store)
{
	return store->key_made;
}
