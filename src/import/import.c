/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include <sys/auxv.h>

#include "import/gather.h"
#include "import/hashing.h"
#include "import/settle.h"
#include "import/totals.h"

/* One import on its way. */
struct import_run {
	struct gathered gathered;
	struct arena *scratch;
	struct arena *rows; /* of the table at hand */
	const struct import_sink *sink;
	struct problem_log log;
	struct children children;
	struct totals totals;
	struct hashing *hashing;
	const struct intake **intake_of_file;
	bool *asked; /* by file: whether the record has it */
	uint64_t seed;
	size_t bytes_done, bytes_total;
};

/* Another one in every process, from the bytes that the kernel gives each program at its start. */
static uint64_t import_seed(void)
{
	const char *random = (const char *)(uintptr_t)getauxval(AT_RANDOM);

	return random ? hash_eight(random) : 0;
}

/* Whether the record has the file already; asks once, when its hash is there. */
static bool import_is_known(struct import_run *run, size_t file)
{
	struct import_file *shown = &run->gathered.files[file];

	if (run->asked[file])
		return shown->already;
	run->asked[file] = true;
	hashing_wait(run->hashing, run->gathered.listed[file], shown->sha256);
	shown->already = run->sink->has_file && run->sink->has_file(run->sink->context, shown);
	return shown->already;
}

/* Forgets what the checks said about a file. */
static void import_forget(struct import_run *run, struct settle *settle, size_t problems)
{
	struct import_file *file = settle->file;

	problem_log_forget(&run->log, settle->check->intake->file, problems);
	file->rows_read = file->rows_accepted = file->rows_refused = file->rows_repeated = 0;
}

/* Hands the accepted rows on and remembers whom they name and what they cost. */
static bool import_take(struct import_run *run, struct settle *settle, struct error *error)
{
	const struct intake *intake = settle->check->intake;
	struct import_rows rows = {
		.file = intake->file,
		.source = settle->file,
		.table = intake->table,
		.count = settle->count,
		.lines = settle->lines,
		.years = settle->years,
		.columns = settle->columns,
	};

	for (size_t i = 0; intake->table->names_children && i < settle->count; i++) {
		if (settle->children_of[i] != CHILD_NONE)
			run->children.list[settle->children_of[i]].state = CHILD_NAMED;
	}
	return totals_add(&run->totals, &rows, settle->children_of, error) &&
	       run->sink->take(run->sink->context, &rows, error);
}

/* Checks a table that is open for reading. */
static bool import_check(struct import_run *run, struct check *check, struct error *error)
{
	size_t file = check->intake->file, problems = run->log.count;
	struct pieces pieces = {.opened = 0};
	struct settle settle = {
		.check = check,
		.log = &run->log,
		.children = &run->children,
		.sink = run->sink,
		.file = &run->gathered.files[file],
		.arena = run->rows,
		.bytes_before = run->bytes_done,
		.bytes_total = run->bytes_total,
	};
	bool done = settle_open(&settle, error);

	intake_tell_columns(check->intake, &run->log);
	done = done && pieces_run(&pieces, check, check_piece, settle_wave, &settle, error);
	if (done && settle.changed) {
		import_forget(run, &settle, problems);
		gather_refuse(&run->gathered, file, &run->log, PROBLEM_FILE_CHANGED);
	} else if (done && import_is_known(run, file)) {
		import_forget(run, &settle, problems);
	} else if (done) {
		done = import_take(run, &settle, error);
	}
	pieces_close(&pieces);
	settle_close(&settle);
	return done;
}

static bool import_read(struct import_run *run, size_t file, struct error *error)
{
	struct arena *arena = arena_open();
	struct intake *intake = &run->gathered.intakes[file];
	struct intake_text text = {0};
	enum problem_kind problem;
	bool done = arena || error_no_memory(error);

	done = done && intake_open(&text, arena, intake, &problem, error);
	if (done && problem != PROBLEM_KINDS) {
		gather_refuse(&run->gathered, file, &run->log, problem);
	} else if (done) {
		struct check check = {
			.schema = run->gathered.schema,
			.intake = intake,
			.children = &run->children,
			.text = text.text,
			.sheet = text.sheet,
			.seed = run->seed,
		};

		done = pieces_cut(&check, arena, error) && import_check(run, &check, error);
	}
	intake_close(&text);
	arena_close(arena);
	return done;
}

static bool import_progress(struct import_run *run, struct error *error)
{
	const struct import_sink *sink = run->sink;

	if (!sink->progress || sink->progress(sink->context, run->bytes_done, run->bytes_total))
		return true;
	return error_set(error, ERROR_CONFLICT, "the import was stopped; nothing went in");
}

/* The tables that name children, or the others. */
static bool import_tables(struct import_run *run, bool naming, struct error *error)
{
	struct gathered *gathered = &run->gathered;

	for (size_t file = 0; file < gathered->count; file++) {
		const struct source_table *table = gathered->intakes[file].table;

		if (!table || table->names_children != naming)
			continue;
		gathered->files[file].collection_year = gathered->intakes[file].year;
		if (!hashing_is_ready(run->hashing, gathered->listed[file]) ||
			!import_is_known(run, file)) {
			if (!import_read(run, file, error))
				return false;
		}
		run->bytes_done += gathered->files[file].bytes;
		if (!import_progress(run, error))
			return false;
	}
	return true;
}

static bool import_begin(struct import_run *run, struct error *error)
{
	struct gathered *gathered = &run->gathered;
	size_t listed = gathered->listing.count;
	const char **paths = arena_take(run->scratch, listed, sizeof *paths);
	size_t room = 0;

	run->intake_of_file =
		arena_take(run->scratch, gathered->count, sizeof *run->intake_of_file);
	run->asked = arena_take(run->scratch, gathered->count, sizeof *run->asked);
	if (!paths || !run->intake_of_file || !run->asked)
		return error_no_memory(error);
	for (size_t i = 0; i < listed; i++)
		paths[i] = gathered->listing.files[i].path;
	for (size_t file = 0; file < gathered->count; file++) {
		run->intake_of_file[file] = &gathered->intakes[file];
		if (gathered->intakes[file].table) {
			size_t bytes = gathered->files[file].bytes;
			size_t wanted = settle_bytes(&gathered->intakes[file], bytes);

			run->bytes_total += bytes;
			room = wanted > room ? wanted : room;
		}
	}
	if (!arena_reserve(run->rows, room))
		return error_no_memory(error);
	return hashing_open(&run->hashing, run->scratch, paths, listed, INTAKE_LARGEST, error);
}

static bool import_end(struct import_run *run, struct import *out_import, struct error *error)
{
	struct gathered *gathered = &run->gathered;
	uint64_t refused = gathered->refused;

	totals_tell(&run->totals, &run->log, run->intake_of_file);
	for (size_t file = 0; file < gathered->count; file++) {
		refused += gathered->files[file].rows_refused;
		hashing_wait(run->hashing, gathered->listed[file], gathered->files[file].sha256);
	}
	if (!problem_log_close(&run->log, gathered->files, gathered->count, error))
		return false;
	*out_import = (struct import){
		.files = gathered->files,
		.file_count = gathered->count,
		.problems = run->log.problems,
		.problem_count = run->log.count,
		.refused = refused,
		.ignored = gathered->listing.ignored,
		.ignored_count = gathered->listing.ignored_count,
	};
	return true;
}

bool import_run(struct import *out_import, struct arena *arena, const struct schema *schema,
	const char *const *paths, size_t path_count, const struct import_sink *sink,
	struct error *error)
{
	struct import_run run = {
		.sink = sink, .seed = import_seed(), .scratch = arena_open(), .rows = arena_open()};
	bool done = false;

	run.gathered = (struct gathered){.arena = arena, .sheets = arena_open(), .schema = schema};
	if (!run.scratch || !run.rows || !run.gathered.sheets)
		error_no_memory(error);
	else
		done = problem_log_open(&run.log, arena, schema, error) &&
		       named_open(&run.children, run.scratch, run.seed, error) &&
		       gather(&run.gathered, paths, path_count, &run.log, error) &&
		       import_begin(&run, error) && import_tables(&run, true, error) &&
		       import_tables(&run, false, error) && import_end(&run, out_import, error);
	hashing_close(run.hashing);
	totals_close(&run.totals);
	arena_close(run.gathered.sheets);
	arena_close(run.rows);
	arena_close(run.scratch);
	return done;
}
