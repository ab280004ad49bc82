/* SPDX-License-Identifier: MIT */
/*
 * What every command gets and how it ends.
 *
 * The one rule: data go to standard output, messages to standard error; a command returns the exit
 * status of data/cli/exit.csv and never exits by itself.
 */
#ifndef HEARTH_CLI_COMMAND_H
#define HEARTH_CLI_COMMAND_H

#include "cli/arguments.h"
#include "cohort/history.h"

enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2, STATUS_FINDINGS = 3 };

struct command {
	struct arena *arena;
	const struct cli_texts *texts;
	const struct arguments *arguments;
	bool quiet;
	bool colour;	      /* of standard output */
	bool errors_terminal; /* standard error is a terminal: progress may be drawn */
};

/* Prints "hearth: message" and returns the status that belongs to the error. */
int command_failed(const struct command *command, const struct error *error);

/* The same for a line that is wrong: says where help is; returns STATUS_USAGE. */
int command_misused(const struct command *command, const struct error *error);

/* A note on standard error, unless --quiet. */
void command_note(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The data dictionary, with --data laid over it. */
bool command_schema(
	const struct command *command, struct schema *out_schema, struct error *error) MUST_CHECK;

/* Where the record is: --db, $HEARTH_DB or the XDG data folder. */
bool command_place(
	const struct command *command, const char **out_place, struct error *error) MUST_CHECK;

/* Opens that record; to write, makes it. */
bool command_store(const struct command *command, enum database_mode mode, struct store **out_store,
	struct error *error) MUST_CHECK;

/* Who works: --by, else the user's name. */
struct text command_by(const struct command *command);

/* Writes all of it to standard output, or to --output PATH. */
bool command_write(
	const struct command *command, struct text bytes, struct error *error) MUST_CHECK;

int command_db_copy(struct command *command);
int command_import(struct command *command);
int command_import_list(struct command *command);
int command_import_show(struct command *command);
int command_import_undo(struct command *command);
int command_report(struct command *command);
int command_child(struct command *command);
int command_list(struct command *command);
int command_formats(struct command *command);
int command_demo(struct command *command);
int command_user_add(struct command *command);
int command_user_list(struct command *command);
int command_user_disable(struct command *command);
int command_user_enable(struct command *command);
int command_user_reset(struct command *command);
int command_user_demo(struct command *command);
int command_audit_verify(struct command *command);
int command_audit_heads(struct command *command);
int command_audit_list(struct command *command);
int command_serve(struct command *command);
int command_backup(struct command *command);
int command_restore(struct command *command);
int command_doctor(struct command *command);
int command_help(struct command *command);
int command_completion(struct command *command);
int command_manual(struct command *command);

/* The help of everything, or of one command; to standard output. */
void help_overview(const struct command *command);
void help_command(const struct command *command, const struct cli_command *about);

#endif
