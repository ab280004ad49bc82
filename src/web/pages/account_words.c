/* SPDX-License-Identifier: MIT */
#include "web/pages/account_words.h"

#include <ctype.h>

const char *account_role_words(const struct rights *rights, const struct account *account)
{
	const struct role *role = rights_role(rights, account->role);

	return role ? role->label : "";
}

const char *account_scope_words(struct arena *arena, const struct account *account)
{
	const struct account_scope *scope = &account->scope;
	struct buffer words = buffer_in(arena);

	if (scope->every_authority)
		buffer_string(&words, "every authority");
	for (size_t i = 0; !scope->every_authority && i < scope->authority_count; i++) {
		if (i > 0)
			buffer_string(&words, ", ");
		buffer_text(&words, scope->authorities[i]);
	}
	if (account->team_name.length > 0) {
		buffer_string(&words, words.length > 0 ? "; team " : "team ");
		buffer_text(&words, account->team_name);
	}
	return words.length > 0 ? buffer_cstring(&words) : "no authority";
}

const char *account_state_words(const struct account *account)
{
	if (account->disabled)
		return "Disabled";
	switch (account->password) {
	case PASSWORD_NONE:
		return "Has no password";
	case PASSWORD_FIRST:
		return "Has not chosen a password yet";
	case PASSWORD_OWN:
		break;
	}
	return "Can sign in";
}

const char *account_sentence(struct arena *arena, const char *message)
{
	char *sentence = arena_string(arena, message);

	if (sentence && sentence[0])
		sentence[0] = (char)toupper((unsigned char)sentence[0]);
	return sentence;
}
