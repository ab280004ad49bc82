/* SPDX-License-Identifier: MIT */
/* hearth demo: writes the demonstration population, or checks it against the published numbers. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "analysis/analysis.h"
#include "cli/command.h"
#include "cli/scratch.h"
#include "demo/check.h"
#include "demo/demo.h"
#include "store/store.h"

static bool read_options(
	const struct command *command, struct demo_options *options, struct error *error)
{
	const char *as_at = arguments_value(command->arguments, "as-at");
	int64_t seed = (int64_t)options->seed, years;

	if (command->arguments->word_count > 0)
		return error_set(error, ERROR_INPUT,
			"demo takes no '%.60s': name the folder with --out",
			command->arguments->words[0]);
	if (!arguments_number(command->arguments, "children", 0, DEMO_CHILDREN_MOST,
		    options->children, &options->children, error) ||
		!arguments_number(command->arguments, "years", DEMO_YEARS, DEMO_YEARS_MOST,
			options->years, &years, error) ||
		!arguments_number(command->arguments, "seed", 0, INT64_MAX, seed, &seed, error))
		return false;
	if (as_at && !date_parse(text_of(as_at), &options->as_at))
		return error_set(error, ERROR_INPUT,
			"--as-at takes a date as 2023-03-31 or 31/03/2023, not '%.40s'", as_at);
	options->seed = (uint64_t)seed;
	options->years = (int)years;
	options->folder = arguments_value(command->arguments, "out");
	if (!options->folder && !arguments_has(command->arguments, "check"))
		return error_set(error, ERROR_INPUT, "name the folder to write to with --out");
	return true;
}

/* The population as a cohort, by the way every council's data take: files, import, record. */
static bool demo_cohort(const struct command *command, const struct demo_options *options,
	struct schema *schema, struct history *history, const struct cohort **out_cohort,
	struct error *error)
{
	const char *place = arena_format(command->arena, "%s/hearth.db", options->folder);
	const char *files = arena_format(command->arena, "%s/files", options->folder);
	struct store_options by = {.by = TEXT("demo --check"), .now = time(NULL)};
	struct demo_options written = *options;
	struct cohort_options day = {.as_at = options->as_at, .cap_pence = COHORT_CAP_PENCE};
	struct store_import record;
	struct import import;
	struct store *store = NULL;
	bool done;

	if (!place || !files)
		return error_no_memory(error);
	written.folder = files;
	done = demo_write(&written, error) && command_schema(command, schema, error) &&
	       store_open(&store, place, DATABASE_WRITE, error) &&
	       store_import_files(
		       store, command->arena, schema, &files, 1, &by, &import, &record, error) &&
	       history_load(history, command->arena, schema,
		       schema_framework(schema, TEXT("valuing-care-13")), store, error) &&
	       cohort_build(out_cohort, command->arena, history, &day, error);
	store_close(store);
	return done;
}

static void print_target(const struct demo_target *target)
{
	char reproduced[32] = "not known";

	if (!isnan(target->reproduced))
		snprintf(reproduced, sizeof reproduced, "%.2f", target->reproduced);
	printf("%-32s %13.2f %s%-9.2f %13s  %-14s %s\n", target->id, target->published,
		target->at_least ? ">  " : "+- ", target->tolerance, reproduced, target->unit,
		target->met ? "met" : "NOT MET");
}

static int print_targets(const struct demo_target *targets, size_t count)
{
	size_t met = demo_targets_met(targets, count);

	printf("%-32s %13s %-12s %13s  %-14s\n", "Published number", "published", "within",
		"reproduced", "unit");
	for (size_t i = 0; i < count; i++)
		print_target(&targets[i]);
	printf("%zu of %zu published numbers are met.\n", met, count);
	return met == count ? STATUS_DONE : STATUS_FINDINGS;
}

static int check_cohort(const struct command *command, const struct cohort *cohort)
{
	const struct analysis **list = arena_take(command->arena, analysis_count, sizeof *list);
	struct analysis_params params = analysis_defaults();
	struct analysis_results results = {0};
	struct analysis_input input;
	struct demo_target *targets;
	struct error error = {0};
	size_t count, figures;
	int status;

	if (!list)
		return STATUS_FAILED;
	figures = analysis_list(false, list);
	if (analysis_prepare(&input, command->arena, cohort, &params, &error) &&
		analysis_run_all(&results, command->arena, list, figures, &input, &error) &&
		demo_check(command->arena, (const struct result *const *)results.results,
			results.count, &targets, &count, &error))
		status = print_targets(targets, count);
	else
		status = command_failed(command, &error);
	analysis_results_close(&results);
	return status;
}

/* Makes the population in a folder of its own, which is taken away again. */
static int check(const struct command *command, struct demo_options *options)
{
	struct schema *schema = arena_take(command->arena, 1, sizeof *schema);
	struct history *history = arena_take(command->arena, 1, sizeof *history);
	const struct cohort *cohort;
	const char *folder;
	struct error error = {0};
	int status;

	if (!schema || !history)
		return STATUS_FAILED;
	if (!scratch_make(&folder, command->arena, &error))
		return command_failed(command, &error);
	options->folder = folder;
	status = demo_cohort(command, options, schema, history, &cohort, &error)
			 ? check_cohort(command, cohort)
			 : command_failed(command, &error);
	scratch_remove(folder);
	return status;
}

int command_demo(struct command *command)
{
	struct demo_options options = demo_defaults();
	struct error error = {0};

	if (!read_options(command, &options, &error))
		return command_misused(command, &error);
	if (arguments_has(command->arguments, "check"))
		return check(command, &options);
	if (!demo_write(&options, &error))
		return command_failed(command, &error);
	printf("%s: %" PRId64 " children looked after and those who left, all of them made up.\n",
		options.folder, options.children);
	return STATUS_DONE;
}
