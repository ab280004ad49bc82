/* SPDX-License-Identifier: MIT */
/* Who saw and changed what: by child, by person, by day; the filters are in the address. */
#include "web/pages/audit.h"

#include <stdio.h>

#include "schema/data_file.h"
#include "web/pages/query.h"
#include "web/part.h"

enum { ROWS_OF_A_PAGE = 50, DAY_SECONDS = 86400 };

/* What the address asks for, and what of it cannot be. */
struct asked {
	struct text child, person, act, authority, from, until;
	struct audit_question question;
	struct account_scope one; /* of the authority that was chosen */
	bool nobody;		  /* a person who is not there: no row can fit */
};

struct act_words {
	struct data_rows rows;
};

static bool read_words(struct act_words *out, struct arena *arena, struct error *error)
{
	static const char *const columns[] = {"act", "words"};
	struct data_files files;

	return data_files_open(&files, arena, NULL, error) &&
	       data_file_read(&out->rows, arena, &files, "audit/acts.csv", columns, 2, error);
}

static struct text words_of(const struct act_words *words, struct text act)
{
	for (size_t i = 0; i < words->rows.count; i++) {
		if (text_equal(data_text(&words->rows, i, 0), act))
			return data_text(&words->rows, i, 1);
	}
	return act;
}

static void ask_day(
	struct model *page, const char *field, struct text text, int64_t add, int64_t *out_seconds)
{
	int32_t day;

	if (text.length == 0)
		return;
	if (date_parse(text, &day))
		*out_seconds = ((int64_t)day + add) * DAY_SECONDS;
	else
		page_fault(page, field, "Enter a day like 27/3/2026 as 27/03/2026");
}

/* Rows about the person's own authorities, or about the one of them that was chosen. */
static void ask_authority(const struct visit *visit, struct asked *asked)
{
	const struct account_scope *scope = &visit->session->account.scope;

	asked->question.scope = scope;
	if (asked->authority.length == 0 || !rights_authority(scope, asked->authority)) {
		asked->authority = TEXT("");
		return;
	}
	asked->one = (struct account_scope){.authorities = &asked->authority, .authority_count = 1};
	asked->question.scope = &asked->one;
}

static bool ask_person(const struct visit *visit, const struct request *request,
	struct asked *asked, struct error *error)
{
	struct account account;

	if (asked->person.length == 0)
		return true;
	if (account_find(visit->store, request->arena, asked->person, &account, error)) {
		asked->question.account = account.id;
		return true;
	}
	asked->nobody = true;
	return error->code == ERROR_MISSING;
}

static bool ask(struct model *page, const struct visit *visit, const struct request *request,
	struct asked *asked, struct error *error)
{
	const struct fields *query = &request->query;

	*asked = (struct asked){
		.child = text_trim(fields_get(query, "child")),
		.person = text_trim(fields_get(query, "who")),
		.act = fields_get(query, "act"),
		.authority = fields_get(query, "authority"),
		.from = text_trim(fields_get(query, "from")),
		.until = text_trim(fields_get(query, "until")),
		.question = {.most = ROWS_OF_A_PAGE + 1},
	};
	asked->question.act = asked->act;
	if (!fields_integer(query, "before", &asked->question.before) || asked->question.before < 0)
		asked->question.before = 0;
	if (asked->child.length > 0 &&
		(!text_integer(asked->child, &asked->question.child) || asked->question.child <= 0))
		page_fault(page, "child", "Enter the number of the child's record");
	ask_day(page, "from", asked->from, 0, &asked->question.from);
	ask_day(page, "until", asked->until, 1, &asked->question.until);
	ask_authority(visit, asked);
	return ask_person(visit, request, asked, error);
}

static void add_acts(struct model *page, const struct act_words *words, const struct asked *asked)
{
	static const struct part_field act = {.name = "act", .label = "What was done"};
	struct model *field = part_field(page, &act, asked->act);

	part_choice(field, TEXT(""), TEXT("Anything"), NULL, asked->act.length == 0);
	for (size_t i = 0; i < words->rows.count; i++)
		part_choice(field, data_text(&words->rows, i, 0), data_text(&words->rows, i, 1),
			NULL, text_equal(asked->act, data_text(&words->rows, i, 0)));
}

static void add_authorities(
	struct model *page, const struct visit *visit, const struct asked *asked)
{
	static const struct part_field authority = {.name = "authority", .label = "Authority"};
	const struct account_scope *scope = &visit->session->account.scope;
	const struct history *history = &visit->snapshot->history;
	const struct text *names =
		scope->every_authority ? history->authorities : scope->authorities;
	size_t count = scope->every_authority ? history->authority_count : scope->authority_count;
	struct model *field;

	if (count < 2)
		return;
	field = part_field(page, &authority, asked->authority);
	part_choice(field, TEXT(""), TEXT("Any"), NULL, asked->authority.length == 0);
	for (size_t i = 0; i < count; i++)
		part_choice(
			field, names[i], names[i], NULL, text_equal(asked->authority, names[i]));
}

static void add_filter(struct model *page, const struct visit *visit, const struct act_words *words,
	const struct asked *asked)
{
	static const struct part_field child = {
		.name = "child",
		.label = "Child",
		.hint = "Number of the record",
		.inputmode = "numeric",
		.width = "10",
	};
	static const struct part_field person = {
		.name = "who",
		.label = "Who did it",
		.hint = "Sign-in name",
		.width = "20",
		.plain = true,
	};
	static const struct part_field from = {
		.name = "from", .label = "From", .hint = "Like 27/03/2026", .width = "10"};
	static const struct part_field until = {
		.name = "until", .label = "Until", .hint = "Like 31/03/2026", .width = "10"};

	part_field(page, &child, asked->child);
	part_field(page, &person, asked->person);
	part_field(page, &from, asked->from);
	part_field(page, &until, asked->until);
	add_acts(page, words, asked);
	add_authorities(page, visit, asked);
}

static void add_chip(struct model *page, const struct request *request, const char *name,
	const char *what, struct text value)
{
	if (value.length > 0)
		part_chip(page,
			arena_format(
				request->arena, "%s %.*s", what, (int)value.length, value.data),
			query_without(request, "/audit", name));
}

static void add_chips(struct model *page, const struct request *request,
	const struct act_words *words, const struct asked *asked)
{
	add_chip(page, request, "child", "Child", asked->child);
	add_chip(page, request, "who", "By", asked->person);
	if (asked->act.length > 0)
		add_chip(page, request, "act", "What:", words_of(words, asked->act));
	if (fields_get(&request->query, "authority").length > 0)
		add_chip(page, request, "authority", "In", asked->authority);
	add_chip(page, request, "from", "From", asked->from);
	add_chip(page, request, "until", "Until", asked->until);
	model_string(page, "clear", "/audit");
}

static const char *child_path(const struct request *request, const struct audit_entry *entry)
{
	if (entry->row.child == 0)
		return NULL;
	return query_with(request, "/audit", "child",
		arena_format(request->arena, "%lld", (long long)entry->row.child));
}

static void add_entry(struct model *table, const struct request *request,
	const struct act_words *words, const struct audit_entry *entry)
{
	struct arena *arena = request->arena;
	struct model *row = part_row(table);
	struct text child = TEXT("");

	if (entry->row.child != 0)
		child = text_of(arena_format(arena, "%lld", (long long)entry->row.child));
	part_cell(row, &(struct part_cell){
			       .words = text_of(moment_words(arena, entry->at)), .header = true});
	part_cell(row, &(struct part_cell){.words = entry->name,
			       .path = entry->account ? query_with(request, "/audit", "who",
								arena_copy(arena, entry->name.data,
									entry->name.length))
						      : NULL});
	part_cell(row, &(struct part_cell){.words = words_of(words, entry->row.act)});
	part_cell(row, &(struct part_cell){
			       .words = child, .path = child_path(request, entry), .more = "only"});
	part_cell(row, &(struct part_cell){.words = entry->row.fields});
	part_cell(row, &(struct part_cell){.words = entry->row.about});
	part_cell(row, &(struct part_cell){.words = entry->why});
}

static void add_entries(struct model *page, const struct request *request,
	const struct act_words *words, const struct audit_entry *entries, size_t count)
{
	static const char *const columns[] = {
		"When", "Who", "What was done", "Child", "Which parts", "About", "Why"};
	struct model *table;

	model_flag(page, "none", count == 0);
	if (count == 0)
		return;
	table = part_table(page, "Newest first");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		part_column(table, columns[i], false);
	for (size_t i = 0; i < count && i < ROWS_OF_A_PAGE; i++)
		add_entry(table, request, words, &entries[i]);
}

static void add_pages(struct model *page, const struct request *request, const struct asked *asked,
	const struct audit_entry *entries, size_t count)
{
	const char *older = NULL, *newest = NULL;

	if (count > ROWS_OF_A_PAGE)
		older = query_with(request, "/audit", "before",
			arena_format(request->arena, "%lld",
				(long long)entries[ROWS_OF_A_PAGE - 1].sequence));
	if (asked->question.before > 0)
		newest = query_without(request, "/audit", "before");
	if (older || newest)
		part_pagination(page, newest, "Newest", older, "Older");
}

/* Looking at what was done is itself something that was done: the log holds reasons. */
static bool note_look(const struct visit *visit, const struct asked *asked, struct error *error)
{
	struct audit_row row = {
		.act = TEXT("audit.view"),
		.child = asked->question.child,
		.authority = asked->authority,
	};
	uint32_t index = history_numbered(&visit->snapshot->history, asked->question.child);
	char about[40] = "";

	if (asked->question.child != 0 && index != HISTORY_NONE)
		row.authority = snapshot_authority(visit->snapshot, index);
	if (asked->question.account != 0)
		snprintf(about, sizeof about, "account %lld", (long long)asked->question.account);
	row.about = text_of(about);
	return store_begin(visit->store, error) &&
	       store_end(
		       visit->store, audit_append(visit->store, &visit->actor, &row, error), error);
}

bool audit_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Who saw what");
	struct audit_entry *entries = NULL;
	struct act_words words;
	struct asked asked;
	size_t count = 0;

	if (!read_words(&words, request->arena, error) || !ask(page, visit, request, &asked, error))
		return false;
	if (!asked.nobody && !page_has_faults(page) &&
		(!note_look(visit, &asked, error) ||
			!audit_list(visit->store, request->arena, &asked.question, &entries, &count,
				error)))
		return false;
	add_filter(page, visit, &words, &asked);
	add_chips(page, request, &words, &asked);
	add_entries(page, request, &words, entries, count);
	add_pages(page, request, &asked, entries, count);
	model_flag(page, "may_verify", visit_may(visit, "audit.verify"));
	return page_write(response, request, "audit", page, 200, error);
}
