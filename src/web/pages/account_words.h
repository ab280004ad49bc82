/* SPDX-License-Identifier: MIT */
/* How pages say what an account is. */
#ifndef HEARTH_WEB_PAGES_ACCOUNT_WORDS_H
#define HEARTH_WEB_PAGES_ACCOUNT_WORDS_H

#include "people/rights.h"

/* "Social worker". */
const char *account_role_words(const struct rights *rights, const struct account *account);

/* "Northmoor (fictitious); team Rivers". */
const char *account_scope_words(struct arena *arena, const struct account *account);

/* "Can sign in", "Disabled", "Has not chosen a password yet". */
const char *account_state_words(const struct account *account);

/* A message of the program as a sentence begins: with a capital letter. */
const char *account_sentence(struct arena *arena, const char *message);

#endif
