/* SPDX-License-Identifier: MIT */
/* hearth user add, list, disable, enable, reset. Passwords come in by standard input and go out to
 * standard output, once; never by arguments or the environment. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/date.h"
#include "cli/people.h"

enum { AUTHORITIES_MOST = 64, DAY_SECONDS = 86400 };

struct actor command_actor(const struct command *command, const char *route)
{
	return (struct actor){
		.name = command_by(command), .route = text_of(route), .now = time(NULL)};
}

/* The one word of a line: a login name. */
static bool read_login(const struct command *command, struct text *out_login, struct error *error)
{
	const struct arguments *arguments = command->arguments;

	if (arguments->word_count != 1)
		return error_set(error, ERROR_INPUT,
			"name one account by its login name; hearth user list prints them");
	*out_login = text_of(arguments->words[0]);
	return true;
}

static bool read_form(
	const struct command *command, struct account_form *out_form, struct error *error)
{
	const struct arguments *arguments = command->arguments;
	struct text *authorities =
		arena_take(command->arena, AUTHORITIES_MOST, sizeof *authorities);
	struct account_form form = {.role = text_of(arguments_value(arguments, "role")),
		.shown = text_of(arguments_value(arguments, "name"))};
	const char *authority;

	if (!authorities)
		return error_no_memory(error);
	while ((authority = arguments_each(arguments, "authority", form.scope.authority_count)) &&
		form.scope.authority_count < AUTHORITIES_MOST)
		authorities[form.scope.authority_count++] = text_of(authority);
	form.scope.authorities = authorities;
	form.scope.every_authority = arguments_has(arguments, "every-authority");
	if (!form.role.length)
		return error_set(error, ERROR_INPUT, "say in what role, with --role");
	if (form.scope.every_authority && form.scope.authority_count)
		return error_set(
			error, ERROR_INPUT, "--authority and --every-authority do not go together");
	*out_form = form;
	return read_login(command, &out_form->login, error);
}

/* One line of standard input, not shown where it is a terminal. */
static bool read_secret(struct text *out_secret, char *line, size_t size, struct error *error)
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	bool got;

	if (terminal) {
		fputs("Password: ", stderr);
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	got = fgets(line, (int)size, stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (!got)
		return error_set(error, ERROR_INPUT, "there is no password on standard input");
	line[strcspn(line, "\r\n")] = 0;
	*out_secret = text_of(line);
	return true;
}

bool user_hash(const struct account *account, struct text password,
	char out_hash[PASSWORD_HASH_SIZE], struct error *error)
{
	struct password_queue *queue;
	bool done;

	if (!password_check(account, password, error) || !password_queue_open(&queue, 1, 0, error))
		return false;
	done = password_hash(queue, password, out_hash, error);
	password_queue_close(queue);
	return done;
}

/* What of --password-stdin is to be kept; empty without it. */
static bool read_hash(const struct command *command, const struct account_form *form,
	char out_hash[PASSWORD_HASH_SIZE], struct error *error)
{
	char line[PASSWORD_LONGEST_BYTES + 2];
	struct account account = {.login = form->login, .shown = form->shown};
	struct text password;
	bool done;

	out_hash[0] = 0;
	if (!arguments_has(command->arguments, "password-stdin"))
		return true;
	done = read_secret(&password, line, sizeof line, error) &&
	       user_hash(&account, password, out_hash, error);
	crypto_wipe(line, sizeof line);
	return done;
}

static bool add_account(const struct command *command, struct store *store,
	struct account_form *form, const char *hash, char *out_password, struct error *error)
{
	const char *team = arguments_value(command->arguments, "team");
	struct actor actor = command_actor(command, "hearth user add");
	int64_t id;

	if (team && form->scope.authority_count != 1)
		return error_set(error, ERROR_INPUT,
			"a team is one of one authority: name it with --authority");
	if (team && !team_named(store, &actor, text_of(team), form->scope.authorities[0],
			    &form->scope.team, error))
		return false;
	return account_create(store, &actor, form, &id, out_password, error) &&
	       (!hash[0] || account_set_password(
				    store, id, text_of(hash), PASSWORD_FIRST, actor.now, error));
}

int command_user_add(struct command *command)
{
	char hash[PASSWORD_HASH_SIZE], password[FIRST_PASSWORD_SIZE];
	struct account_form form;
	struct store *store = NULL;
	struct error error = {0};
	bool done;

	if (!read_form(command, &form, &error))
		return command_misused(command, &error);
	done = read_hash(command, &form, hash, &error) &&
	       command_store(command, DATABASE_WRITE, &store, &error) && store_begin(store, &error);
	done = done &&
	       store_end(store, add_account(command, store, &form, hash, password, &error), &error);
	store_close(store);
	if (!done)
		return command_failed(command, &error);
	if (hash[0])
		command_note(command, "The password is to be changed at the first sign-in.");
	else
		printf("%s\n", password);
	if (!hash[0])
		command_note(command,
			"This password is shown once. It is to be changed at the first sign-in, "
			"within a week.");
	crypto_wipe(password, sizeof password);
	return STATUS_DONE;
}

static void print_day(int64_t seconds)
{
	char day[DATE_TEXT_SIZE];

	printf("  %-10s", seconds ? date_format((int32_t)(seconds / DAY_SECONDS), day) : "never");
}

static void print_account(const struct account *account)
{
	const struct account_scope *scope = &account->scope;

	printf("%-20.*s  %-16.*s  %-8s", (int)account->login.length, account->login.data,
		(int)account->role.length, account->role.data,
		account->disabled		      ? "disabled"
		: account->password == PASSWORD_FIRST ? "new"
						      : "active");
	print_day(account->created);
	print_day(account->last_sign_in);
	printf("  %s", scope->every_authority ? "every authority" : "");
	for (size_t i = 0; i < scope->authority_count; i++)
		printf("%s%.*s", i ? ", " : "", (int)scope->authorities[i].length,
			scope->authorities[i].data);
	if (account->team_name.length)
		printf("; %.*s", (int)account->team_name.length, account->team_name.data);
	putchar('\n');
}

int command_user_list(struct command *command)
{
	struct account *accounts = NULL;
	struct store *store = NULL;
	struct error error = {0};
	size_t count = 0;
	bool done;

	done = command_store(command, DATABASE_READ, &store, &error) &&
	       account_list(store, command->arena, &accounts, &count, &error);
	store_close(store);
	if (!done)
		return command_failed(command, &error);
	if (!count) {
		command_note(command, "There is no account yet: hearth user add makes one.");
		return STATUS_DONE;
	}
	printf("%-20s  %-16s  %-8s  %-10s  %-10s  %s\n", "Login", "Role", "State", "Made",
		"Signed in", "Works for");
	for (size_t i = 0; i < count; i++)
		print_account(&accounts[i]);
	return STATUS_DONE;
}

/* Does something to the account that the line names; `out_password` for those that make one. */
typedef bool account_act(const struct command *command, struct store *store,
	const struct account *account, char *out_password, struct error *error);

static int act_on_account(struct command *command, account_act *act, char *out_password)
{
	struct account account;
	struct store *store = NULL;
	struct text login;
	struct error error = {0};
	bool done;

	if (!read_login(command, &login, &error))
		return command_misused(command, &error);
	done = command_store(command, DATABASE_WRITE, &store, &error) && store_begin(store, &error);
	done = done && store_end(store,
			       account_find(store, command->arena, login, &account, &error) &&
				       act(command, store, &account, out_password, &error),
			       &error);
	store_close(store);
	return done ? STATUS_DONE : command_failed(command, &error);
}

static bool disable(const struct command *command, struct store *store,
	const struct account *account, char *out_password, struct error *error)
{
	struct actor actor = command_actor(command, "hearth user disable");

	(void)out_password;
	return account_disable(store, &actor, account->id, error);
}

static bool enable(const struct command *command, struct store *store,
	const struct account *account, char *out_password, struct error *error)
{
	struct actor actor = command_actor(command, "hearth user enable");

	(void)out_password;
	return account_enable(store, &actor, account->id, error);
}

static bool reset(const struct command *command, struct store *store, const struct account *account,
	char *out_password, struct error *error)
{
	struct actor actor = command_actor(command, "hearth user reset");

	return account_reset(store, &actor, account->id,
		arguments_has(command->arguments, "second-factor"), out_password, error);
}

int command_user_disable(struct command *command)
{
	int status = act_on_account(command, disable, NULL);

	if (status == STATUS_DONE)
		command_note(command, "The account is disabled and its sessions are ended.");
	return status;
}

int command_user_enable(struct command *command)
{
	return act_on_account(command, enable, NULL);
}

int command_user_reset(struct command *command)
{
	char password[FIRST_PASSWORD_SIZE];
	int status = act_on_account(command, reset, password);

	if (status != STATUS_DONE)
		return status;
	printf("%s\n", password);
	crypto_wipe(password, sizeof password);
	command_note(command,
		"This password is shown once. It is to be changed at the next sign-in, "
		"within a week.");
	return STATUS_DONE;
}
