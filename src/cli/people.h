/* SPDX-License-Identifier: MIT */
/* What the commands about people share. */
#ifndef HEARTH_CLI_PEOPLE_H
#define HEARTH_CLI_PEOPLE_H

#include "cli/command.h"
#include "people/password.h"
#include "people/relations.h"

/* Who acts on the command line, by which command; the time is now. */
struct actor command_actor(const struct command *command, const char *route);

/* What to keep of a password that was checked for this account. */
bool user_hash(const struct account *account, struct text password,
	char out_hash[PASSWORD_HASH_SIZE], struct error *error) MUST_CHECK;

#endif
