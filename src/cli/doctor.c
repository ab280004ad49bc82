/* SPDX-License-Identifier: MIT */
/* hearth doctor: what is well and what is wrong with an installation. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "cli/people.h"
#include "people/audit_post.h"
#include "store/health.h"

enum { WIDTH = 76, WAITING_MANY = 10000 };

static const char *const levels[] = {
	[HEALTH_OK] = "ok", [HEALTH_WARN] = "warn", [HEALTH_FAIL] = "FAIL"};

/* What the record says was done last: an import or an entry of the log. */
static int64_t last_act(struct health *health, struct store *store, const struct audit_head *head)
{
	struct store_import *imports;
	struct error error = {0};
	int64_t last = head->at;
	size_t count;

	if (!store_imports(store, health->arena, &imports, &count, &error))
		return last;
	for (size_t i = 0; i < count; i++)
		last = imports[i].at > last ? imports[i].at : last;
	return last;
}

static void look_at_log(struct health *health, struct store *store)
{
	struct audit_heads none = {0};
	struct audit_verdict verdict;
	struct error error = {0};

	if (!audit_verify(store, &none, &verdict, &error))
		health_add(health, HEALTH_FAIL, "log of who saw what",
			"see what is said; keep a copy of the record", "%s", error.message);
	else if (!verdict.whole)
		health_add(health, HEALTH_FAIL, "log of who saw what",
			"keep a copy of the record, find out who could write to it, and compare "
			"with the heads kept elsewhere (hearth audit verify --heads)",
			"entry %" PRId64 ": %s", verdict.first_bad, verdict.reason);
	else
		health_add(health, HEALTH_OK, "log of who saw what", NULL,
			"%" PRId64 " entries, a whole chain", verdict.entries);
}

static void look_at_waiting(struct health *health, struct store *store, const char *place)
{
	struct error error = {0};
	int64_t rows = 0;

	if (!audit_waiting(store, place, &rows, &error))
		health_add(health, HEALTH_FAIL, "views that wait",
			"keep the files beside the record and a copy of it", "%s", error.message);
	else
		health_add(health, rows > WAITING_MANY ? HEALTH_WARN : HEALTH_OK, "views that wait",
			"start hearth serve or run hearth audit verify: they enter the log",
			"%" PRId64 " views are beside the log and enter it", rows);
}

static void look_at_people(struct health *health, struct store *store)
{
	struct account *accounts;
	struct error error = {0};
	size_t count, administrators = 0;

	if (!account_list(store, health->arena, &accounts, &count, &error)) {
		health_add(health, HEALTH_FAIL, "administrators", "see what is said", "%s",
			error.message);
		return;
	}
	for (size_t i = 0; i < count; i++)
		administrators +=
			text_is(accounts[i].role, "administrator") && !accounts[i].disabled;
	health_add(health, administrators || !count ? HEALTH_OK : HEALTH_WARN, "administrators",
		"hearth user add NAME --role administrator --every-authority",
		"%zu of %zu accounts", administrators, count);
}

static void look_inside(
	struct health *health, const struct command *command, const char *place, int64_t *out_last)
{
	struct store *store = NULL;
	struct audit_head head = {0};
	struct error error = {0};

	if (!command_store(command, DATABASE_READ, &store, &error)) {
		health_add(health, HEALTH_FAIL, "opening the record", "see what is said", "%s",
			error.message);
		return;
	}
	look_at_log(health, store);
	look_at_waiting(health, store, place);
	look_at_people(health, store);
	if (audit_head(store, &head, &error))
		*out_last = last_act(health, store, &head);
	store_close(store);
}

/* Words in lines of the terminal, the second and later ones further in. */
static void print_wrapped(const char *words, size_t indent)
{
	size_t column = indent;

	while (*words) {
		size_t length = strcspn(words, " ");

		if (column > indent && column + 1 + length > WIDTH) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent) {
			putchar(' ');
			column++;
		}
		printf("%.*s", (int)length, words);
		column += length;
		words += length;
		words += *words == ' ';
	}
	putchar('\n');
}

static void print_table(const struct health *health)
{
	for (size_t i = 0; i < health->count; i++) {
		const struct health_line *line = &health->lines[i];

		printf("%-4s  %-22s  ", levels[line->level], line->check);
		print_wrapped(line->found, 30);
		if (line->advice) {
			printf("%28s> ", "");
			print_wrapped(line->advice, 30);
		}
	}
}

static void print_quoted(const char *words)
{
	putchar('"');
	for (; *words; words++) {
		if (*words == '"')
			putchar('"');
		putchar(*words);
	}
	putchar('"');
}

static void print_csv(const struct health *health)
{
	puts("level,check,found,advice");
	for (size_t i = 0; i < health->count; i++) {
		const struct health_line *line = &health->lines[i];

		printf("%s,", line->level == HEALTH_FAIL ? "fail" : levels[line->level]);
		print_quoted(line->check);
		putchar(',');
		print_quoted(line->found);
		putchar(',');
		print_quoted(line->advice ? line->advice : "");
		putchar('\n');
	}
}

static void print_json(const struct health *health)
{
	struct buffer out = buffer_in(health->arena);
	struct json json = json_in(&out);

	json_array_open(&json);
	for (size_t i = 0; i < health->count; i++) {
		const struct health_line *line = &health->lines[i];

		json_object_open(&json);
		json_key(&json, "level");
		json_string(&json, line->level == HEALTH_FAIL ? "fail" : levels[line->level]);
		json_key(&json, "check");
		json_string(&json, line->check);
		json_key(&json, "found");
		json_string(&json, line->found);
		json_key(&json, "advice");
		json_string(&json, line->advice);
		json_object_close(&json);
	}
	json_array_close(&json);
	buffer_char(&out, '\n');
	fwrite(out.data, 1, out.length, stdout);
}

static int print_health(const struct health *health, const char *format)
{
	size_t counts[3] = {0};

	for (size_t i = 0; i < health->count; i++)
		counts[health->lines[i].level]++;
	if (!format || strcmp(format, "table") == 0) {
		print_table(health);
		printf("\n%zu in order, %zu to look at, %zu wrong\n", counts[HEALTH_OK],
			counts[HEALTH_WARN], counts[HEALTH_FAIL]);
	} else if (strcmp(format, "csv") == 0) {
		print_csv(health);
	} else {
		print_json(health);
	}
	return counts[HEALTH_FAIL] ? STATUS_FINDINGS : STATUS_DONE;
}

static bool read_format(const struct command *command, const char **out_format, struct error *error)
{
	const char *format = arguments_value(command->arguments, "format");

	*out_format = format;
	if (command->arguments->word_count > 0)
		return error_set(error, ERROR_INPUT,
			"doctor takes no '%.60s': name the record with --db",
			command->arguments->words[0]);
	if (!format || strcmp(format, "table") == 0 || strcmp(format, "csv") == 0 ||
		strcmp(format, "json") == 0)
		return true;
	return error_set(
		error, ERROR_INPUT, "--format takes table, csv or json, not '%.40s'", format);
}

int command_doctor(struct command *command)
{
	const struct arguments *arguments = command->arguments;
	const char *key = arguments_value(arguments, "key"), *place, *format;
	const char *backups = arguments_value(arguments, "backups");
	struct health *health = arena_take(command->arena, 1, sizeof *health);
	struct error error = {0};
	int64_t now = time(NULL), last = 0;
	bool opens;

	if (!read_format(command, &format, &error))
		return command_misused(command, &error);
	if (!health) {
		error_no_memory(&error);
		return command_failed(command, &error);
	}
	if (!command_place(command, &place, &error))
		return command_failed(command, &error);
	health->arena = command->arena;
	health_of_files(health, place, key);
	health_of_record(health, place, key, &opens);
	if (opens)
		look_inside(health, command, place, &last);
	health_of_clock(health, now, last);
	if (backups)
		health_of_backups(
			health, backups, place, key, arguments_value(arguments, "passphrase"), now);
	return print_health(health, format);
}
