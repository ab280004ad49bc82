/* SPDX-License-Identifier: MIT */
#include "import/problems.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "import/csv.h"
#include "import/hash.h"

static bool problem_texts_read(struct problem_log *log, struct error *error)
{
	struct text text = embedded_text("data/texts/problems.csv");
	struct csv_reader reader = csv_open(text, ',', log->arena);
	struct csv_record *record = arena_take_raw(log->arena, 1, sizeof *record);
	size_t most = csv_line_ends(text) + 1;

	log->keys = arena_take(log->arena, most, sizeof *log->keys);
	log->problems_of = arena_take(log->arena, most, sizeof *log->problems_of);
	log->expected_of = arena_take(log->arena, most, sizeof *log->expected_of);
	if (!record || !log->keys || !log->problems_of || !log->expected_of)
		return error_no_memory(error);
	while (csv_next(&reader, record)) {
		if (record->count != 3)
			return error_set(error, ERROR_INPUT,
				"data/texts/problems.csv, line %u: three values belong there",
				record->line + 1);
		log->keys[log->text_count] = record->fields[0];
		log->problems_of[log->text_count] = record->fields[1];
		log->expected_of[log->text_count++] = record->fields[2];
	}
	return !reader.failed || error_no_memory(error);
}

static size_t problem_text_find(const struct problem_log *log, const char *key)
{
	for (size_t i = 0; i < log->text_count; i++) {
		if (text_is(log->keys[i], key))
			return i;
	}
	return SIZE_MAX;
}

bool problem_log_open(struct problem_log *out_log, struct arena *arena, const struct schema *schema,
	struct error *error)
{
	struct problem_log log = {.arena = arena, .schema = schema};

	if (!problem_texts_read(&log, error))
		return false;
	for (enum problem_kind kind = 0; kind < PROBLEM_KINDS; kind++) {
		log.text_of[kind] = problem_text_find(&log, problem_key(kind));
		if (log.text_of[kind] == SIZE_MAX)
			return error_set(error, ERROR_INPUT,
				"data/texts/problems.csv lacks the line %s", problem_key(kind));
	}
	log.messages = arena_take(arena, PROBLEM_MESSAGES, sizeof *log.messages);
	if (!log.messages)
		return error_no_memory(error);
	*out_log = log;
	return true;
}

static void problem_add_codes(struct buffer *out, const struct code_set *set)
{
	for (size_t i = 0; set && i < set->count; i++) {
		if (i)
			buffer_char(out, ' ');
		buffer_text(out, set->codes[i].code);
	}
}

static void problem_add_frameworks(struct buffer *out, const struct schema *schema)
{
	for (size_t i = 0; i < schema->framework_count; i++) {
		if (i)
			buffer_string(out, " or ");
		buffer_string(out, schema->frameworks[i].id);
	}
}

static void problem_add_years(struct buffer *out, const struct finding *finding)
{
	const struct code *code = &finding->source->codes->codes[finding->number[0]];

	if (!code->first_year)
		buffer_format(out, "%d and before", code->last_year);
	else if (!code->last_year)
		buffer_format(out, "%d and after", code->first_year);
	else
		buffer_format(out, "%d to %d", code->first_year, code->last_year);
}

static void problem_add_word(struct buffer *out, const struct schema *schema,
	const struct finding *finding, struct text name)
{
	if (text_is(name, "codes"))
		problem_add_codes(out, finding->source ? finding->source->codes : NULL);
	else if (text_is(name, "frameworks"))
		problem_add_frameworks(out, schema);
	else if (text_is(name, "years"))
		problem_add_years(out, finding);
	else if (text_is(name, "found") || text_is(name, "most"))
		buffer_format(out, "%u", finding->number[0]);
	else if (text_is(name, "wanted") || text_is(name, "year"))
		buffer_format(out, "%u", finding->number[1]);
}

/* The wording with its {places} filled in. */
static const char *problem_words(
	struct problem_log *log, const struct finding *finding, struct text wording)
{
	struct buffer out = buffer_in(log->arena);
	const char *words;

	for (size_t i = 0; i < wording.length; i++) {
		const char *at = wording.data + i;
		const char *close = *at == '{' ? memchr(at, '}', wording.length - i) : NULL;

		if (!close) {
			buffer_char(&out, *at);
			continue;
		}
		problem_add_word(&out, log->schema, finding,
			(struct text){at + 1, (size_t)(close - at) - 1});
		i += (size_t)(close - at);
	}
	words = buffer_cstring(&out);
	log->failed |= out.failed;
	return words;
}

static bool problem_same_words(const struct finding *a, const struct finding *b)
{
	return a->kind == b->kind && a->source == b->source && a->number[0] == b->number[0] &&
	       a->number[1] == b->number[1];
}

static const struct problem_message *problem_message(
	struct problem_log *log, const struct finding *finding)
{
	uint64_t hash = hash_fold((uint64_t)(uintptr_t)finding->source + 1,
		((uint64_t)finding->number[0] << 32 | finding->number[1]) +
			(uint64_t)finding->kind * UINT64_C(0x9fb21c651e98df25));
	struct problem_message *message = &log->messages[hash % PROBLEM_MESSAGES];
	size_t wording = log->text_of[finding->kind];

	if (message->problem && problem_same_words(&message->of, finding))
		return message;
	message->of = *finding;
	message->problem = problem_words(log, finding, log->problems_of[wording]);
	message->expected = problem_words(log, finding, log->expected_of[wording]);
	return message;
}

/* Length of the control character at `at` that a terminal might obey; 0 when there is none. */
static size_t problem_control(struct text value, size_t at)
{
	unsigned char byte = (unsigned char)value.data[at];
	unsigned char next = at + 1 < value.length ? (unsigned char)value.data[at + 1] : 0;

	if (byte == 0xC2 && next >= 0x80 && next < 0xA0)
		return 2;
	return byte == 0x7F || (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r');
}

/* A copy with U+FFFD for each control character, when there is any: else an empty text. */
static struct text problem_keep_tame(struct problem_log *log, struct text value)
{
	struct buffer out = buffer_in(log->arena);
	size_t found = 0, length;

	for (size_t i = 0; i < value.length; i++)
		found += problem_control(value, i);
	if (!found)
		return TEXT("");
	for (size_t i = 0; i < value.length; i++) {
		length = problem_control(value, i);
		if (length) {
			buffer_string(&out, "\xEF\xBF\xBD");
			i += length - 1;
		} else {
			buffer_char(&out, value.data[i]);
		}
	}
	log->failed |= out.failed;
	return (struct text){out.data, out.length};
}

/* A copy of at most PROBLEM_VALUE_LONGEST bytes that ends with a whole character. */
static struct text problem_keep(struct problem_log *log, struct text value)
{
	size_t length = value.length;
	struct text tame;
	char *copy;

	if (length > PROBLEM_VALUE_LONGEST) {
		length = PROBLEM_VALUE_LONGEST;
		while (length && ((unsigned char)value.data[length] & 0xC0) == 0x80)
			length--;
	}
	if (!length)
		return TEXT("");
	tame = problem_keep_tame(log, (struct text){value.data, length});
	if (tame.length)
		return tame;
	copy = arena_copy(log->arena, value.data, length);
	log->failed |= !copy;
	return copy ? (struct text){copy, length} : TEXT("");
}

static bool problem_room(struct problem_log *log)
{
	size_t capacity = log->capacity ? log->capacity * 2 : 64;
	struct problem *problems;

	if (log->count < log->capacity)
		return true;
	problems = arena_grow(log->arena, log->problems, log->capacity, capacity, sizeof *problems);
	if (!problems) {
		log->failed = true;
		return false;
	}
	log->problems = problems;
	log->capacity = capacity;
	return true;
}

static void problem_append(struct problem_log *log, struct problem problem)
{
	problem.column = problem_keep(log, problem.column);
	problem.value = problem_keep(log, problem.value);
	if (problem_room(log))
		log->problems[log->count++] = problem;
}

void problem_log_add(struct problem_log *log, uint32_t file, const struct finding *finding)
{
	enum severity severity = problem_severity(finding->kind);
	const struct problem_message *message;

	if (log->count >= PROBLEMS_MOST) {
		struct finding_rest rest = {1, finding->line, severity == SEVERITY_ERROR};

		problem_log_rest(log, file, &rest);
		return;
	}
	message = problem_message(log, finding);
	problem_append(log, (struct problem){file, finding->line, finding->column, finding->value,
				    message->problem, message->expected, severity});
}

void problem_log_fault(
	struct problem_log *log, uint32_t file, const char *key, uint32_t line, struct text value)
{
	struct finding none = {.kind = PROBLEM_FILE_UNREADABLE};
	size_t wording = problem_text_find(log, key);

	if (wording == SIZE_MAX)
		wording = log->text_of[none.kind];
	problem_append(
		log, (struct problem){file, line, TEXT(""), value,
			     problem_words(log, &none, log->problems_of[wording]),
			     problem_words(log, &none, log->expected_of[wording]), SEVERITY_ERROR});
}

void problem_log_rest(struct problem_log *log, uint32_t file, const struct finding_rest *rest)
{
	struct finding_rest *rests = log->rests;

	if (!rest->count)
		return;
	if (file >= log->rest_capacity) {
		rests = arena_grow(log->arena, rests, log->rest_capacity, (size_t)file * 2 + 16,
			sizeof *rests);
		if (!rests) {
			log->failed = true;
			return;
		}
		log->rests = rests;
		log->rest_capacity = (size_t)file * 2 + 16;
	}
	if (!rests[file].count || rest->first_line < rests[file].first_line)
		rests[file].first_line = rest->first_line;
	rests[file].count += rest->count;
	rests[file].errors |= rest->errors;
}

void problem_log_forget(struct problem_log *log, uint32_t file, size_t count)
{
	log->count = count;
	if (file < log->rest_capacity)
		log->rests[file] = (struct finding_rest){0};
}

static void problem_list_rests(struct problem_log *log)
{
	for (uint32_t file = 0; file < log->rest_capacity; file++) {
		const struct finding_rest *rest = &log->rests[file];
		struct finding finding = {.kind = PROBLEM_MORE};
		const struct problem_message *message;

		if (!rest->count)
			continue;
		finding.number[0] = rest->count > UINT32_MAX ? UINT32_MAX : (uint32_t)rest->count;
		message = problem_message(log, &finding);
		problem_append(log, (struct problem){file, rest->first_line, TEXT(""), TEXT(""),
					    message->problem, message->expected,
					    rest->errors ? SEVERITY_ERROR : SEVERITY_WARNING});
	}
}

struct problem_place {
	const char *path;
	uint32_t file, line;
	size_t index;
};

static int problem_compare_places(const void *a, const void *b)
{
	const struct problem_place *one = a, *two = b;
	int order = one->file == two->file ? 0 : strcmp(one->path, two->path);

	if (order)
		return order;
	if (one->file != two->file)
		return one->file < two->file ? -1 : 1;
	if (one->line != two->line)
		return one->line < two->line ? -1 : 1;
	return one->index < two->index ? -1 : one->index > two->index;
}

bool problem_log_close(struct problem_log *log, const struct import_file *files, size_t file_count,
	struct error *error)
{
	struct problem_place *places;
	struct problem *ordered;

	problem_list_rests(log);
	places = arena_take_raw(log->arena, log->count, sizeof *places);
	ordered = arena_take_raw(log->arena, log->count, sizeof *ordered);
	if (!places || !ordered || log->failed)
		return error_no_memory(error);
	for (size_t i = 0; i < log->count; i++) {
		const struct problem *problem = &log->problems[i];

		places[i] = (struct problem_place){
			problem->file < file_count ? files[problem->file].path : "", problem->file,
			problem->line, i};
	}
	if (log->count)
		qsort(places, log->count, sizeof *places, problem_compare_places);
	for (size_t i = 0; i < log->count; i++)
		ordered[i] = log->problems[places[i].index];
	log->problems = ordered;
	return true;
}
