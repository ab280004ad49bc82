/* SPDX-License-Identifier: MIT */
#include "store/sealed_keys.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define MAGIC "hearth backup\n"

enum {
	PASSPHRASE_LEAST = 12,
	PASSPHRASE_MOST = 1024,
	PASSES = 3,
	PASSES_MOST = 64,
	MEMORY = 1 << 26,
	MEMORY_MOST = 1 << 30,
};

static unsigned char *put(unsigned char *at, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		at[i] = (unsigned char)(number >> (8 * i));
	return at + bytes;
}

static const unsigned char *get(const unsigned char *at, uint64_t *out_number, size_t bytes)
{
	*out_number = 0;
	for (size_t i = 0; i < bytes; i++)
		*out_number |= (uint64_t)at[i] << (8 * i);
	return at + bytes;
}

void sealed_head_write(const struct sealed_head *head, unsigned char out_bytes[SEALED_HEAD_BYTES])
{
	unsigned char *at = out_bytes;

	memcpy(at, MAGIC, sizeof MAGIC - 1);
	at += sizeof MAGIC - 1;
	at = put(at, (uint64_t)head->form, 1);
	at = put(at, (uint64_t)head->made_from, 1);
	at = put(at, (uint64_t)head->key_number, 8);
	at = put(at, head->passes, 4);
	at = put(at, head->memory, 8);
	memcpy(at, head->salt, sizeof head->salt);
	at += sizeof head->salt;
	memcpy(at, head->check, sizeof head->check);
	at += sizeof head->check;
	memcpy(at, head->stream, sizeof head->stream);
}

bool sealed_head_read(struct sealed_head *out_head, const unsigned char *bytes, const char *path,
	struct error *error)
{
	const unsigned char *at = bytes + sizeof MAGIC - 1;
	uint64_t form, made_from, number, passes;

	if (memcmp(bytes, MAGIC, sizeof MAGIC - 1) != 0)
		return error_set(error, ERROR_INPUT, "%.120s is no backup of Hearth", path);
	at = get(at, &form, 1);
	at = get(at, &made_from, 1);
	at = get(at, &number, 8);
	at = get(at, &passes, 4);
	at = get(at, &out_head->memory, 8);
	out_head->form = (int)form;
	out_head->made_from = (int)made_from;
	out_head->key_number = (int64_t)number;
	out_head->passes = (uint32_t)passes;
	memcpy(out_head->salt, at, sizeof out_head->salt);
	at += sizeof out_head->salt;
	memcpy(out_head->check, at, sizeof out_head->check);
	at += sizeof out_head->check;
	memcpy(out_head->stream, at, sizeof out_head->stream);
	if (form > SEALED_FORM)
		return error_set(error, ERROR_CONFLICT,
			"%.120s is a backup of a newer form (%d) than this program knows (%d), or "
			"it was altered",
			path, out_head->form, SEALED_FORM);
	if (form != SEALED_FORM ||
		(made_from != SEALED_BY_RECORD_KEY && made_from != SEALED_BY_PASSPHRASE))
		return error_set(error, ERROR_INPUT, "the beginning of %.120s was altered", path);
	return true;
}

/* The first line of the file. Read, not mapped: nothing of it stays in memory. */
static bool read_passphrase(
	const char *path, char *bytes, struct text *out_passphrase, struct error *error)
{
	int handle = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct text rest;
	ssize_t length;

	if (handle < 0)
		return error_system(
			error, errno, "the passphrase file %.100s cannot be read", path);
	length = read(handle, bytes, PASSPHRASE_MOST);
	close(handle);
	if (length < 0)
		return error_system(
			error, errno, "the passphrase file %.100s cannot be read", path);
	rest = (struct text){bytes, (size_t)length};
	if (!text_split(&rest, '\n', out_passphrase))
		*out_passphrase = TEXT("");
	*out_passphrase = text_trim(*out_passphrase);
	if (out_passphrase->length < PASSPHRASE_LEAST)
		return error_set(error, ERROR_INPUT,
			"the first line of %.100s is the passphrase: it needs at least %d "
			"characters",
			path, PASSPHRASE_LEAST);
	return true;
}

static bool key_of_passphrase(const struct sealed_head *head, const char *path,
	unsigned char *out_key, struct error *error)
{
	char bytes[PASSPHRASE_MOST];
	struct text passphrase;
	bool done = read_passphrase(path, bytes, &passphrase, error);

	if (done && !passphrase_key(
			    passphrase, head->salt, head->passes, (size_t)head->memory, out_key))
		done = error_set(error, ERROR_SYSTEM,
			"there is not enough memory to make the key of the passphrase: %llu MB are "
			"needed",
			(unsigned long long)(head->memory >> 20));
	crypto_wipe(bytes, sizeof bytes);
	return done;
}

/* Each file has a key of its own: the salt is part of it. */
static bool key_of_record(const struct sealed_head *head, struct arena *arena,
	const struct sealed_keys *keys, unsigned char *out_key, struct error *error)
{
	unsigned char backup[CRYPTO_KEY_BYTES];
	struct text salt = {(const char *)head->salt, sizeof head->salt};

	if (!vault_backup_key(arena, keys->place, keys->key_file, head->key_number, backup, error))
		return false;
	crypto_mac(backup, salt, out_key);
	crypto_wipe(backup, sizeof backup);
	return true;
}

static void make_check(const unsigned char *key, unsigned char *out_check)
{
	unsigned char mac[CRYPTO_MAC_BYTES];

	crypto_mac(key, TEXT("hearth backup check"), mac);
	memcpy(out_check, mac, SEALED_CHECK_BYTES);
}

bool sealed_head_make(struct sealed_head *out_head, struct arena *arena,
	const struct sealed_keys *keys, int64_t key_number, unsigned char *out_key,
	struct error *error)
{
	struct sealed_head head = {.form = SEALED_FORM,
		.made_from = keys->passphrase ? SEALED_BY_PASSPHRASE : SEALED_BY_RECORD_KEY,
		.key_number = keys->passphrase ? 0 : key_number,
		.passes = keys->passphrase ? PASSES : 0,
		.memory = keys->passphrase ? MEMORY : 0};

	crypto_random(head.salt, sizeof head.salt);
	if (keys->passphrase ? !key_of_passphrase(&head, keys->passphrase, out_key, error)
			     : !key_of_record(&head, arena, keys, out_key, error))
		return false;
	make_check(out_key, head.check);
	*out_head = head;
	return true;
}

static bool is_within_reason(const struct sealed_head *head)
{
	return head->made_from == SEALED_BY_RECORD_KEY ||
	       (head->passes >= 1 && head->passes <= PASSES_MOST && head->memory >= 1 << 13 &&
		       head->memory <= MEMORY_MOST);
}

bool sealed_head_key(const struct sealed_head *head, struct arena *arena,
	const struct sealed_keys *keys, const char *path, unsigned char *out_key,
	struct error *error)
{
	bool by_passphrase = head->made_from == SEALED_BY_PASSPHRASE;
	unsigned char check[SEALED_CHECK_BYTES];

	if (!is_within_reason(head))
		return error_set(error, ERROR_INPUT, "the beginning of %.120s was altered", path);
	if (by_passphrase && !keys->passphrase)
		return error_set(error, ERROR_INPUT,
			"%.120s was sealed with a passphrase: name its file with --passphrase",
			path);
	if (!by_passphrase && keys->passphrase)
		return error_set(error, ERROR_INPUT,
			"%.120s was sealed with the key of the record, not a passphrase: name its "
			"file with --key",
			path);
	if (by_passphrase ? !key_of_passphrase(head, keys->passphrase, out_key, error)
			  : !key_of_record(head, arena, keys, out_key, error))
		return false;
	make_check(out_key, check);
	if (!crypto_equal((struct text){(const char *)check, sizeof check},
		    (struct text){(const char *)head->check, sizeof check}))
		return error_set(error, ERROR_INPUT,
			"%.120s does not open with this %s, or its beginning was altered", path,
			by_passphrase ? "passphrase" : "key");
	return true;
}
