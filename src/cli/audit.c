/* SPDX-License-Identifier: MIT */
/* hearth audit verify, heads, list. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "cli/people.h"
#include "people/audit_post.h"

enum { HEADS_LONGEST = 1 << 26, ROWS_SHOWN = 50, DAY_SECONDS = 86400 };

static bool read_heads(
	const struct command *command, struct audit_heads *out_heads, struct error *error)
{
	const char *path = arguments_value(command->arguments, "heads");
	struct file_map map;
	bool done;

	*out_heads = (struct audit_heads){0};
	if (!path)
		return true;
	if (!file_map_open(&map, path, HEADS_LONGEST, error))
		return false;
	done = audit_heads_read(command->arena, map.bytes, out_heads, error);
	file_map_close(&map);
	return done;
}

static int print_verdict(const struct command *command, const struct audit_verdict *verdict,
	const struct audit_heads *heads)
{
	if (!verdict->whole) {
		printf("The log is NOT whole. Entry %" PRId64 ": %s.\n", verdict->first_bad,
			verdict->reason);
		return STATUS_FINDINGS;
	}
	printf("The log is whole: %" PRId64 " entries, %zu heads agree.\n", verdict->entries,
		heads->count);
	if (!heads->count)
		command_note(command,
			"Without --heads nobody can tell whether its end was cut off or all of it "
			"was written anew.");
	return STATUS_DONE;
}

/* Views that wait in the daybook (people/audit_post.h) belong to the log: they enter it first. */
static bool take_over(const struct command *command, const char *place, struct error *error)
{
	struct daybook_mark taken;
	struct store *store = NULL;
	bool done = command_store(command, DATABASE_WRITE, &store, error) &&
		    audit_post_all(store, place, &taken, error);

	store_close(store);
	return done;
}

static bool open_log(const struct command *command, struct store **out_store, struct error *error)
{
	struct error reason = {0};
	const char *place;
	int64_t rows;

	if (!command_place(command, &place, error) ||
		!command_store(command, DATABASE_READ, out_store, error) ||
		!audit_waiting(*out_store, place, &rows, error))
		return false;
	if (rows > 0 && !take_over(command, place, &reason)) {
		if (reason.code == ERROR_INPUT) {
			*error = reason;
			return false;
		}
		command_note(command,
			"%" PRId64 " views of the last moments are not in the log yet: %s.", rows,
			reason.message);
	}
	return true;
}

int command_audit_verify(struct command *command)
{
	struct audit_verdict verdict;
	struct audit_heads heads;
	struct store *store = NULL;
	struct error error = {0};
	bool done = read_heads(command, &heads, &error) && open_log(command, &store, &error) &&
		    audit_verify(store, &heads, &verdict, &error);

	store_close(store);
	return done ? print_verdict(command, &verdict, &heads) : command_failed(command, &error);
}

/* Adds to what is in the file: heads are kept, all of them. */
static bool append_file(const char *path, struct text bytes, struct error *error)
{
	int handle = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	bool done;

	if (handle < 0)
		return error_system(error, errno, "%s cannot be written", path);
	done = write(handle, bytes.data, bytes.length) == (ssize_t)bytes.length &&
	       (fsync(handle) == 0 || errno == EINVAL);
	done = done || error_system(error, errno, "%s cannot be written", path);
	close(handle);
	return done;
}

int command_audit_heads(struct command *command)
{
	const char *path = arguments_value(command->arguments, "output");
	struct buffer line = buffer_in(command->arena);
	struct store *store = NULL;
	struct audit_head head;
	struct error error = {0};
	bool done = open_log(command, &store, &error) && audit_head(store, &head, &error);

	store_close(store);
	if (!done)
		return command_failed(command, &error);
	audit_head_write(&head, &line);
	buffer_char(&line, '\n');
	if (!path) {
		printf("%s", buffer_cstring(&line));
		return STATUS_DONE;
	}
	return append_file(path, (struct text){line.data, line.length}, &error)
		       ? STATUS_DONE
		       : command_failed(command, &error);
}

static void print_text(struct text text)
{
	printf("  %.*s", (int)text.length, text.length ? text.data : "");
}

static void print_entry(const struct audit_entry *entry)
{
	char day[DATE_TEXT_SIZE];
	int64_t of_day = entry->at % DAY_SECONDS;

	printf("%8" PRId64 "  %s %02d:%02d:%02d  %-16.*s  %-18.*s", entry->sequence,
		date_format((int32_t)(entry->at / DAY_SECONDS), day), (int)(of_day / 3600),
		(int)(of_day / 60 % 60), (int)(of_day % 60), (int)entry->name.length,
		entry->name.length ? entry->name.data : "", (int)entry->row.act.length,
		entry->row.act.length ? entry->row.act.data : "");
	if (entry->row.child)
		printf("  child %" PRId64, entry->row.child);
	print_text(entry->row.about);
	print_text(entry->row.fields);
	print_text(entry->why);
	putchar('\n');
}

static bool read_question(const struct command *command, struct store *store,
	struct audit_question *out_question, struct error *error)
{
	const struct arguments *arguments = command->arguments;
	const char *login = arguments_value(arguments, "user");
	struct audit_question question = {.act = text_of(arguments_value(arguments, "act"))};
	struct account account;
	int64_t rows;

	if (!arguments_number(arguments, "child", 1, INT64_MAX, 0, &question.child, error) ||
		!arguments_number(arguments, "rows", 1, 100000, ROWS_SHOWN, &rows, error))
		return false;
	if (login) {
		if (!account_find(store, command->arena, text_of(login), &account, error))
			return false;
		question.account = account.id;
	}
	question.most = (size_t)rows;
	*out_question = question;
	return true;
}

int command_audit_list(struct command *command)
{
	struct audit_question question;
	struct audit_entry *entries = NULL;
	struct store *store = NULL;
	struct error error = {0};
	size_t count = 0;
	bool done = open_log(command, &store, &error) &&
		    read_question(command, store, &question, &error) &&
		    audit_list(store, command->arena, &question, &entries, &count, &error);

	store_close(store);
	if (!done)
		return command_failed(command, &error);
	for (size_t i = 0; i < count; i++)
		print_entry(&entries[i]);
	return STATUS_DONE;
}
