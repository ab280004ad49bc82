/* SPDX-License-Identifier: MIT */
#include "people/password.h"

#include <string.h>

#include "base/embedded.h"
#include "people/read.h"
#include "people/session.h"

#define COMMON_FILE "data/people/common_passwords.txt"

/* Of no password: what a guess for an unknown login is held against, at the same cost. */
static const char hash_of_none[] = "$argon2id$v=19$m=65536,t=2,p=1$OF8krELNhG+dN5jEXKESXw$M7kqnH"
				   "AEQ+L5rK54y/y51Q7g2ZIMUgrnKT0WPpFtCe0";

/* Characters of UTF-8. */
static size_t count_characters(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

/* Lines of the list are sorted, in lower case; those with # are comments at its head. */
static bool is_common(struct text password)
{
	char lower[PASSWORD_LONGEST_BYTES];
	struct text list = embedded_text(COMMON_FILE), line;

	for (size_t i = 0; i < password.length; i++)
		lower[i] = (char)(password.data[i] >= 'A' && password.data[i] <= 'Z'
					  ? password.data[i] - 'A' + 'a'
					  : password.data[i]);
	password.data = lower;
	while (text_split(&list, '\n', &line))
		if (text_equal(line, password))
			return true;
	return false;
}

/* One character, or two by turns, all along; or each the next of the one before. */
static bool is_pattern(struct text password)
{
	bool repeats = true, runs = true;

	for (size_t i = 2; i < password.length; i++)
		repeats &= password.data[i] == password.data[i - 2];
	for (size_t i = 1; i < password.length; i++)
		runs &= password.data[i] - password.data[i - 1] ==
				password.data[1] - password.data[0] &&
			(password.data[1] - password.data[0] == 1 ||
				password.data[1] - password.data[0] == -1);
	return repeats || runs;
}

static bool holds_name(struct text password, struct text name)
{
	for (size_t i = 0; name.length > 3 && i + name.length <= password.length; i++)
		if (text_same_letters((struct text){password.data + i, name.length}, name) &&
			password.length < name.length + 8)
			return true;
	return false;
}

bool password_check(const struct account *account, struct text password, struct error *error)
{
	size_t fewest = account->second_factor ? PASSWORD_FEWEST_SECOND_FACTOR : PASSWORD_FEWEST;

	if (password.length > PASSWORD_LONGEST_BYTES)
		return error_set(error, ERROR_INPUT, "the password is longer than %d characters",
			PASSWORD_LONGEST_BYTES);
	if (!text_is_utf8(password) ||
		(password.length && memchr(password.data, 0, password.length)))
		return error_set(error, ERROR_INPUT, "the password holds what is no character");
	if (count_characters(password) < fewest)
		return error_set(error, ERROR_INPUT,
			"the password has fewer than %zu characters: three words that come to "
			"your mind make a good one",
			fewest);
	if (is_common(password) || is_pattern(password))
		return error_set(error, ERROR_INPUT,
			"many people use this password, so that it is tried first: choose "
			"another one");
	if (holds_name(password, account->login) || holds_name(password, account->shown))
		return error_set(error, ERROR_INPUT, "the password is little more than your name");
	return true;
}

bool password_hash(struct password_queue *queue, struct text password,
	char out_hash[PASSWORD_HASH_SIZE], struct error *error)
{
	bool made;

	if (!password_queue_enter(queue, true, error))
		return false;
	made = password_hash_make(password, out_hash);
	password_queue_leave(queue);
	return made || error_no_memory(error);
}

bool password_matches(struct password_queue *queue, bool known, struct text hash,
	struct text password, bool *out_match, struct error *error)
{
	char copy[PASSWORD_HASH_SIZE];
	bool none = !hash.length || hash.length >= sizeof copy || hash.data[0] != '$';

	if (password.length > PASSWORD_LONGEST_BYTES)
		password.length = 0;
	memcpy(copy, none ? hash_of_none : hash.data, none ? sizeof hash_of_none : hash.length);
	copy[none ? sizeof hash_of_none - 1 : hash.length] = 0;
	if (!password_queue_enter(queue, known, error))
		return false;
	*out_match = password_hash_matches(copy, password) && !none;
	password_queue_leave(queue);
	return true;
}

bool password_set(struct store *store, const struct actor *actor, int64_t account, struct text hash,
	struct text keep, struct error *error)
{
	return account_set_password(store, account, hash, PASSWORD_OWN, actor->now, error) &&
	       session_end_all(store, account, keep, error) &&
	       audit_account(store, actor, "password.change", account, "password", error);
}
