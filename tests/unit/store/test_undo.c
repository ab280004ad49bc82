/* SPDX-License-Identifier: MIT */
/*
 * Random imports and undos: whenever the same imports are in, the record is the same to the last
 * byte, and it holds exactly the rows of those imports.
 */
#include "made_import.h"

#include <stdio.h>
#include <stdlib.h>

enum { SEQUENCES = 200, STEPS = 12, CHILDREN = 6 };

struct model {
	bool in[STEPS + 2];	    /* by number of the import */
	size_t costs[STEPS + 2];    /* rows it stored */
	size_t children[STEPS + 2]; /* rows it stored */
	size_t count;
	/* states seen: which imports were in, and the hash then */
	uint32_t seen[STEPS * 2];
	const char *hashes[STEPS * 2];
	size_t seen_count;
};

static uint32_t state_of(const struct model *model)
{
	uint32_t state = 0;

	for (size_t i = 1; i <= model->count; i++)
		state |= (uint32_t)model->in[i] << i;
	return state;
}

static void check_state(struct bench *bench, struct model *model)
{
	uint32_t state = state_of(model);
	const char *hash = bench_hash(bench);
	size_t costs = 0, children = 0;

	for (size_t i = 1; i <= model->count; i++) {
		costs += model->in[i] ? model->costs[i] : 0;
		children += model->in[i] ? model->children[i] : 0;
	}
	assert_int_equal(bench_count(bench, "load_costs"), costs);
	assert_int_equal(bench_count(bench, "load_children"), children);
	for (size_t i = 0; i < model->seen_count; i++)
		if (model->seen[i] == state) {
			assert_string_equal(model->hashes[i], hash);
			return;
		}
	model->seen[model->seen_count] = state;
	model->hashes[model->seen_count++] = hash;
}

/* Some children and some costs, of children known or not; every file is another. */
static void import_something(struct bench *bench, struct model *model, unsigned *seed)
{
	struct buffer children = buffer_in(bench->arena), costs = buffer_in(bench->arena);
	struct made_file files[2] = {{"children.csv", "children", 0, "child_id,uasc", "", NULL, 1},
		{"costs.csv", "costs", 0, "child_id,from,weekly_cost", "", NULL, 1}};
	struct store_import record;
	size_t before = bench_count(bench, "load_costs"), number = model->count + 1;
	int rows = rand_r(seed) % 4;

	for (int i = 0; i < rows; i++)
		buffer_format(&children, "c%d,%zu\n", rand_r(seed) % CHILDREN, number);
	for (int i = rand_r(seed) % 8; i >= 0; i--)
		buffer_format(&costs, "c%d,2022-01-%02d,%zu\n", rand_r(seed) % CHILDREN,
			1 + rand_r(seed) % 28, number);
	files[0].rows = buffer_cstring(&children);
	files[1].rows = buffer_cstring(&costs);
	record = bench_import(bench, files, 2, false);
	if (!record.id)
		return;
	assert_int_equal(record.id, number);
	model->count = number;
	model->in[number] = true;
	model->children[number] = (size_t)rows;
	model->costs[number] = bench_count(bench, "load_costs") - before;
}

static void undo_something(struct bench *bench, struct model *model, unsigned *seed)
{
	size_t number = model->count ? (size_t)rand_r(seed) % model->count + 1 : 0;

	if (!number || !model->in[number])
		return;
	bench_undo(bench, (int64_t)number);
	model->in[number] = false;
}

static void test_the_same_imports_make_the_same_record(void **state)
{
	unsigned seed = 20240501;
	/* a server takes a second to make the tables of a record */
	int sequences = getenv("HEARTH_TEST_SERVER") ? SEQUENCES / 20 : SEQUENCES;

	(void)state;
	for (int i = 0; i < sequences; i++) {
		struct bench bench;
		struct model model = {0};

		bench_open(&bench);
		check_state(&bench, &model);
		for (int step = 0; step < STEPS; step++) {
			if (rand_r(&seed) % 5 < 3)
				import_something(&bench, &model, &seed);
			else
				undo_something(&bench, &model, &seed);
			check_state(&bench, &model);
		}
		for (size_t number = model.count; number > 0; number--)
			if (model.in[number]) {
				bench_undo(&bench, (int64_t)number);
				model.in[number] = false;
				check_state(&bench, &model);
			}
		bench_close(&bench);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_imports_make_the_same_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
