/* SPDX-License-Identifier: MIT */
/* hearth report and hearth child: the record to a cohort, figures, a format. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "cli/command.h"
#include "view/view.h"

struct report {
	struct schema schema;
	const struct framework *framework;
	const struct view_format *format;
	int32_t as_at;
	struct filter filter;
	struct analysis_params params;
	struct history history;
	const struct cohort *cohort;
	const struct analysis **wanted;
	size_t wanted_count;
};

static bool read_format(const struct command *command, struct report *report, struct error *error)
{
	const char *name = arguments_value(command->arguments, "format");

	report->format = view_format_find(text_of(name ? name : "table"));
	if (!report->format)
		return error_set(error, ERROR_INPUT,
			"there is no format '%.40s': take table, findings, json, csv, xlsx or html",
			name);
	if (report->format->folder && !arguments_value(command->arguments, "output"))
		return error_set(error, ERROR_INPUT,
			"the format %s writes a file a table: name a folder with --output",
			report->format->name);
	return true;
}

static bool read_date(const struct command *command, int32_t *out_day, struct error *error)
{
	const char *text = arguments_value(command->arguments, "as-at");

	*out_day = DATE_MISSING;
	if (text && !date_parse(text_of(text), out_day))
		return error_set(error, ERROR_INPUT,
			"--as-at takes a date as 2023-03-31 or 31/03/2023, not '%.40s'", text);
	return true;
}

static bool read_params(const struct command *command, struct report *report, struct error *error)
{
	const struct arguments *arguments = command->arguments;
	int64_t threshold;

	report->params = analysis_defaults();
	if (!arguments_number(arguments, "cap", 1, 10000000, report->params.cap_pounds,
		    &report->params.cap_pounds, error) ||
		!arguments_number(arguments, "national", 1, 100000000, report->params.national,
			&report->params.national, error) ||
		!arguments_number(arguments, "threshold", 0, 1000, -1, &threshold, error))
		return false;
	report->params.threshold = (int)threshold;
	return true;
}

static bool read_filter(const struct command *command, struct report *report, struct error *error)
{
	const char *text;

	for (size_t i = 0; (text = arguments_each(command->arguments, "where", i)); i++) {
		if (!filter_parse(
			    &report->filter, command->arena, &report->schema, text_of(text), error))
			return false;
	}
	return true;
}

static bool read_framework(
	const struct command *command, struct report *report, struct error *error)
{
	const char *id = arguments_value(command->arguments, "framework");

	report->framework = schema_framework(&report->schema, text_of(id ? id : "valuing-care-13"));
	if (!report->framework)
		return error_set(error, ERROR_INPUT, "there is no needs framework '%.60s'",
			id ? id : "valuing-care-13");
	return true;
}

static void want(struct report *report, const struct analysis *analysis)
{
	report->wanted[report->wanted_count++] = analysis;
}

/* The figures asked for, in the order of the registry; all of a report, or those of a child. */
static bool read_figures(
	const struct command *command, struct report *report, bool of_child, struct error *error)
{
	const char *id;

	report->wanted = arena_take(command->arena, analysis_count, sizeof *report->wanted);
	if (!report->wanted)
		return error_no_memory(error);
	for (size_t i = 0; (id = arguments_each(command->arguments, "figure", i)); i++) {
		const struct analysis *found = analysis_find(text_of(id));

		if (!found)
			return error_set(error, ERROR_INPUT,
				"there is no figure '%.40s'; hearth list prints them all", id);
		if (found->of_child)
			return error_set(error, ERROR_INPUT,
				"figure %s is about one child: hearth child ID", id);
	}
	for (size_t f = 0; f < analysis_count; f++) {
		bool asked = !arguments_has(command->arguments, "figure");

		for (size_t i = 0; (id = arguments_each(command->arguments, "figure", i)); i++)
			asked = asked || strcmp(id, analysis_registry[f]->id) == 0;
		if (asked && analysis_registry[f]->of_child == of_child)
			want(report, analysis_registry[f]);
	}
	return true;
}

static bool load(const struct command *command, struct report *report, struct error *error)
{
	struct store *store = NULL;
	bool done = command_store(command, DATABASE_READ, &store, error) &&
		    history_load(&report->history, command->arena, &report->schema,
			    report->framework, store, error);

	store_close(store);
	if (!done)
		return false;
	if (report->as_at == DATE_MISSING)
		report->as_at = report->history.latest_day;
	if (report->as_at == DATE_MISSING)
		report->as_at = date_today();
	return true;
}

static bool take_cohort(const struct command *command, struct report *report, struct error *error)
{
	struct cohort_options options = {
		.as_at = report->as_at,
		.cap_pence = report->params.cap_pounds * 100,
		.filter = &report->filter,
	};

	return cohort_build(&report->cohort, command->arena, &report->history, &options, error);
}

/* Whether every authority of the record says that it is made up. */
static bool is_synthetic(const struct history *history)
{
	for (size_t i = 0; i < history->authority_count; i++) {
		struct text name = history->authorities[i];

		if (!memmem(name.data, name.length, "(fictitious)", 12))
			return false;
	}
	return history->authority_count > 0;
}

static struct text place_words(const struct command *command, const struct history *history)
{
	struct buffer words = buffer_in(command->arena);

	for (size_t i = 0; i < history->authority_count; i++) {
		if (i)
			buffer_string(&words, i + 1 == history->authority_count ? " and " : ", ");
		buffer_text(&words, history->authorities[i]);
	}
	return (struct text){buffer_cstring(&words), words.length};
}

static bool write_report(const struct command *command, const struct report *report,
	const struct result *const *results, struct text child, struct error *error)
{
	struct view_report view = {
		.cohort = report->cohort,
		.schema = &report->schema,
		.results = results,
		.result_count = report->wanted_count,
		.made_at = time(NULL),
		.place = place_words(command, &report->history),
		.synthetic = is_synthetic(&report->history),
		.child = child,
	};
	struct view_options options = {.colour = command->colour};
	struct buffer out = buffer_in(command->arena);
	const char *path = arguments_value(command->arguments, "output");

	if (report->format->folder && !file_make_folder(path, error))
		return false;
	if (path)
		options.colour = false;
	if (!report->format->write(&out, path, command->arena, &view, &options, error))
		return false;
	if (out.failed)
		return error_no_memory(error);
	if (report->format->folder)
		return true;
	return command_write(command, (struct text){out.data, out.length}, error);
}

static bool run_figures(const struct command *command, const struct report *report,
	struct text child, struct error *error)
{
	struct analysis_results results = {0};
	struct analysis_input input;
	bool done;

	done = analysis_prepare(&input, command->arena, report->cohort, &report->params, error) &&
	       analysis_run_all(&results, command->arena, report->wanted, report->wanted_count,
		       &input, error) &&
	       write_report(command, report, (const struct result *const *)results.results, child,
		       error);
	analysis_results_close(&results);
	return done;
}

/* What the line says, before anything is read. */
static bool read_line(
	const struct command *command, struct report *report, bool of_child, struct error *error)
{
	return read_format(command, report, error) && read_date(command, &report->as_at, error) &&
	       read_params(command, report, error) && read_framework(command, report, error) &&
	       read_filter(command, report, error) &&
	       read_figures(command, report, of_child, error);
}

int command_report(struct command *command)
{
	struct report *report = arena_take(command->arena, 1, sizeof *report);
	struct error error = {0};

	if (!report || !command_schema(command, &report->schema, &error))
		return report ? command_failed(command, &error) : STATUS_FAILED;
	if (command->arguments->word_count > 0)
		error_set(&error, ERROR_INPUT, "report takes no '%.60s': conditions go to --where",
			command->arguments->words[0]);
	else if (read_line(command, report, false, &error))
		error.code = ERROR_NONE;
	if (error.code != ERROR_NONE)
		return command_misused(command, &error);
	if (!load(command, report, &error) || !take_cohort(command, report, &error) ||
		!run_figures(command, report, (struct text){0}, &error))
		return command_failed(command, &error);
	return STATUS_DONE;
}

int command_child(struct command *command)
{
	struct report *report = arena_take(command->arena, 1, sizeof *report);
	struct error error = {0};
	struct text id;

	if (!report || !command_schema(command, &report->schema, &error))
		return report ? command_failed(command, &error) : STATUS_FAILED;
	if (command->arguments->word_count != 1) {
		error_set(&error, ERROR_INPUT, "name one child by the id it has in the files");
		return command_misused(command, &error);
	}
	if (!read_line(command, report, true, &error))
		return command_misused(command, &error);
	if (!load(command, report, &error))
		return command_failed(command, &error);
	id = text_of(command->arguments->words[0]);
	report->params.child = history_child(&report->history, id);
	if (report->params.child == HISTORY_NONE) {
		error_set(&error, ERROR_MISSING, "the record names no child '%.60s'", id.data);
		return command_failed(command, &error);
	}
	if (!take_cohort(command, report, &error) || !run_figures(command, report, id, &error))
		return command_failed(command, &error);
	return STATUS_DONE;
}
