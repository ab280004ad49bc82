/* SPDX-License-Identifier: MIT */
/* A thousand random courses of events, each against a model that knows what must come of it: which
 * assessments the figures see, in which state each version is, who was told of a conflict. */
#include "care_bench.h"

#include <stdio.h>

enum { SEQUENCES = 1000, STEPS = 24, VERSIONS_MOST = STEPS, CHECK_EVERY = 250 };

struct version {
	int64_t id;
	enum assessment_state state;
	int32_t on;
	int total, order; /* order of signing */
};

struct model {
	struct version versions[VERSIONS_MOST];
	size_t count;
	bool drafting;
	int64_t draft;
	size_t replaces; /* place in versions; SIZE_MAX for none */
	int32_t on;
	int scores[DOMAINS_MOST];
	int signings;
};

static uint32_t seed = 20230615;

static uint32_t pick(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static void expect(struct bench *bench, enum error_code code, enum error_code expected)
{
	if (code != expected)
		fail_msg("code %d, expected %d: %s", code, expected, bench->error.message);
}

static void model_draft(struct model *model, int64_t id, int32_t on, size_t replaces)
{
	model->drafting = true;
	model->draft = id;
	model->on = on;
	model->replaces = replaces;
	for (size_t i = 0; i < DOMAINS_MOST; i++)
		model->scores[i] = SCORE_BLANK;
}

static void start(struct bench *bench, struct model *model)
{
	int32_t on = TODAY - (int32_t)pick(8);
	int64_t id;

	expect(bench, bench_start(bench, on, &id), model->drafting ? ERROR_CONFLICT : ERROR_NONE);
	if (model->drafting)
		assert_int_equal(bench->conflict.standing, model->draft);
	else
		model_draft(model, id, on, SIZE_MAX);
}

static void score(struct bench *bench, struct model *model)
{
	size_t domain = pick((uint32_t)bench->framework->domain_count);
	int value = (int)pick(12) - 1;

	if (!model->drafting)
		return;
	value = value < 0 ? SCORE_BLANK : value;
	expect(bench, bench_score(bench, model->draft, domain, value, "seen"), ERROR_NONE);
	model->scores[domain] = value;
}

/* With a revision that is not the one that stands; nothing comes of it. */
static void score_late(struct bench *bench, const struct model *model)
{
	size_t domain = pick((uint32_t)bench->framework->domain_count);
	struct assessment_domain form = {.score = 10, .evidence = TEXT("late")};
	int64_t revision;

	if (!model->drafting)
		return;
	form.revision = bench_read(bench, model->draft).domains[domain].revision + 1;
	bench_begin(bench);
	expect(bench,
		bench_end(
			bench, assessment_save_domain(&bench->writing, bench->arena, model->draft,
				       domain, &form, &revision, &bench->conflict, &bench->error)),
		ERROR_CONFLICT);
	assert_int_equal(bench->conflict.revision, form.revision - 1);
}

static void fill(struct bench *bench, struct model *model)
{
	if (!model->drafting)
		return;
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		if (model->scores[i] == SCORE_BLANK) {
			model->scores[i] = (int)pick(11);
			expect(bench, bench_score(bench, model->draft, i, model->scores[i], ""),
				ERROR_NONE);
		}
}

static bool complete(const struct bench *bench, const struct model *model, int *out_total)
{
	*out_total = 0;
	for (size_t i = 0; i < bench->framework->domain_count; i++) {
		if (model->scores[i] == SCORE_BLANK)
			return false;
		*out_total += model->scores[i];
	}
	return true;
}

/* The version that is corrected may have been withdrawn while the draft was written. */
static enum error_code signing_code(
	const struct bench *bench, const struct model *model, int *total)
{
	if (!complete(bench, model, total))
		return ERROR_INPUT;
	if (model->replaces != SIZE_MAX &&
		model->versions[model->replaces].state != ASSESSMENT_SIGNED)
		return ERROR_CONFLICT;
	return ERROR_NONE;
}

static void sign(struct bench *bench, struct model *model)
{
	enum error_code expected;
	int total;

	if (!model->drafting)
		return;
	expected = signing_code(bench, model, &total);
	expect(bench, bench_sign(bench, model->draft), expected);
	if (expected != ERROR_NONE)
		return;
	if (model->replaces != SIZE_MAX)
		model->versions[model->replaces].state = ASSESSMENT_REPLACED;
	model->versions[model->count++] = (struct version){
		model->draft, ASSESSMENT_SIGNED, model->on, total, ++model->signings};
	model->drafting = false;
}

static void correct(struct bench *bench, struct model *model)
{
	enum error_code expected = ERROR_NONE;
	struct assessment read;
	size_t place;
	int64_t id;

	if (!model->count)
		return;
	place = pick((uint32_t)model->count);
	if (model->drafting || model->versions[place].state != ASSESSMENT_SIGNED)
		expected = ERROR_CONFLICT;
	expect(bench, bench_correct(bench, model->versions[place].id, &id), expected);
	if (expected != ERROR_NONE)
		return;
	model_draft(model, id, model->versions[place].on, place);
	read = bench_read(bench, id);
	for (size_t i = 0; i < bench->framework->domain_count; i++)
		model->scores[i] = read.domains[i].score;
	assert_true(assessment_complete(&read.head));
}

static void withdraw(struct bench *bench, struct model *model)
{
	struct version *version;

	if (!model->count)
		return;
	version = &model->versions[pick((uint32_t)model->count)];
	expect(bench, bench_withdraw(bench, version->id),
		version->state == ASSESSMENT_SIGNED ? ERROR_NONE : ERROR_CONFLICT);
	if (version->state == ASSESSMENT_SIGNED)
		version->state = ASSESSMENT_WITHDRAWN;
}

static void discard(struct bench *bench, struct model *model)
{
	if (!model->drafting || pick(3))
		return;
	bench_begin(bench);
	expect(bench,
		bench_end(bench, assessment_discard(&bench->writing, bench->arena, model->draft,
					 bench_read(bench, model->draft).head.revision,
					 &bench->conflict, &bench->error)),
		ERROR_NONE);
	model->drafting = false;
}

/* A page that fails after it signed: nothing was signed. */
static void sign_and_fail(struct bench *bench, const struct model *model)
{
	int total;

	if (!model->drafting || signing_code(bench, model, &total) != ERROR_NONE)
		return;
	bench_begin(bench);
	assert_true(assessment_sign(&bench->writing, bench->arena, model->draft,
		bench_read(bench, model->draft).head.revision, &bench->conflict, &bench->error));
	bench_end(bench, false);
	assert_int_equal(bench_read(bench, model->draft).head.state, ASSESSMENT_DRAFT);
}

static void step(struct bench *bench, struct model *model)
{
	switch (pick(9)) {
	case 0:
		start(bench, model);
		break;
	case 1:
		score(bench, model);
		break;
	case 2:
		score_late(bench, model);
		break;
	case 3:
	case 4:
		fill(bench, model);
		sign(bench, model);
		break;
	case 5:
		sign(bench, model);
		break;
	case 6:
		correct(bench, model);
		sign_and_fail(bench, model);
		break;
	case 7:
		withdraw(bench, model);
		break;
	default:
		discard(bench, model);
		break;
	}
}

/* What the figures must see: those that stand, by day and then by when they were signed. */
static const char *model_seen(const struct bench *bench, const struct model *model)
{
	struct buffer seen = buffer_in(bench->arena);
	char day[DATE_TEXT_SIZE];

	for (int32_t on = TODAY - 10; on <= TODAY; on++)
		for (size_t i = 0; i < model->count; i++)
			if (model->versions[i].on == on &&
				model->versions[i].state == ASSESSMENT_SIGNED)
				buffer_format(&seen, "%s%s %d", seen.length ? ", " : "",
					date_format(on, day), model->versions[i].total);
	return buffer_cstring(&seen);
}

static void check_states(struct bench *bench, const struct model *model)
{
	struct assessment_head *heads;
	size_t count;

	assert_true(assessment_list(bench->store, bench->arena, &bench->schema,
		bench->writing.child, &heads, &count, &bench->error));
	assert_int_equal(count, model->count + model->drafting);
	for (size_t i = 0; i < model->count; i++)
		for (size_t h = 0; h < count; h++)
			if (heads[h].id == model->versions[i].id)
				assert_int_equal(heads[h].state, model->versions[i].state);
}

static const char *history_seen(struct arena *arena, const struct history *history, uint32_t child)
{
	struct buffer seen = buffer_in(arena);
	char day[DATE_TEXT_SIZE];

	for (uint32_t i = history->first_assessment[child];
		i < history->first_assessment[child + 1]; i++)
		buffer_format(&seen, "%s%s %d", seen.length ? ", " : "",
			date_format(history->assessments.assessed_on[i], day),
			history->assessments.total[i]);
	return buffer_cstring(&seen);
}

static void check_history(struct bench *bench, const char *const *expected, int sequences)
{
	struct history history = bench_history(bench);

	for (int i = 0; i < sequences; i++) {
		const char *seen;
		char id[16];

		snprintf(id, sizeof id, "c%03d", i);
		seen = history_seen(bench->arena, &history, history_child(&history, text_of(id)));
		if (strcmp(seen, expected[i]) != 0)
			fail_msg("%s: the figures see \"%s\", expected \"%s\"", id, seen,
				expected[i]);
	}
}

static void test_random_courses_of_events(void **state)
{
	static const char *expected[SEQUENCES];
	struct bench opened, *bench = &opened;
	size_t signings = 0, standing = 0;
	int64_t first;

	(void)state;
	bench_open(bench, SEQUENCES);
	first = bench_child(bench, 0);
	for (int i = 0; i < SEQUENCES; i++) {
		struct model model = {0};
		const char *seen;
		struct arena_mark mark;

		bench->writing.child = first + i;
		mark = arena_mark(bench->arena);
		for (int s = 0; s < STEPS; s++)
			step(bench, &model);
		check_states(bench, &model);
		arena_release(bench->arena, mark);
		seen = model_seen(bench, &model);
		expected[i] = seen;
		signings += (size_t)model.signings;
		standing += seen[0] != 0;
		if (i % CHECK_EVERY == CHECK_EVERY - 1)
			check_history(bench, expected, i + 1);
	}
	print_message("%d sequences, %zu signings, %zu children with assessments that stand\n",
		SEQUENCES, signings, standing);
	assert_true(signings > 3 * SEQUENCES / 2);
	bench_close(bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_courses_of_events)};

	return cmocka_run_group_tests_name("care/sequences", tests, NULL, NULL);
}
