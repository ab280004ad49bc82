/* SPDX-License-Identifier: MIT */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/json.h"

const struct workload_names workload_names[WORKLOAD_GROUPINGS] = {
	{"placement_kind", 8,
		{"in-house fostering", "independent fostering agency", "in-house children's home",
			"private children's home", "specialist residential",
			"semi-independent and independent", "with parents or for adoption",
			"other"}},
	{"home", 2, {"in-house children's home", "private children's home"}},
	{"cost_side", 2, {"under", "over"}},
	{"age_band", 5, {"0-1", "2-4", "5-11", "12-16", "17+"}},
	{"time_band", 3, {"under 1 year", "1-3", "3 and over"}},
	{"disability", 2, {"yes", "no"}},
	{"ethnic_group", 5, {"White", "Mixed", "Asian", "Black", "Other"}},
	{"ehcp", 2, {"yes", "no"}},
	{"excluded", 2, {"yes", "no"}},
	{"sex_age_band", 10,
		{"male 0-1", "male 2-4", "male 5-11", "male 12-16", "male 17+", "female 0-1",
			"female 2-4", "female 5-11", "female 12-16", "female 17+"}},
};

int workload_code(enum workload_grouping grouping, const char *code, size_t length)
{
	const struct workload_names *names = &workload_names[grouping];

	for (size_t i = 0; i < names->count; i++)
		if (text_equal(text_of(names->codes[i]), (struct text){code, length}))
			return (int)i;
	return -1;
}

double workload_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void put_integer(struct json *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_integer(json, number);
}

static void put_number(struct json *json, const char *key, double number)
{
	json_key(json, key);
	json_number(json, number);
}

static void put_spend(struct json *json, const struct workload_results *results)
{
	static const char *const names[] = {"top_10", "top_5", "top_1"};

	json_key(json, "a");
	json_object_open(json);
	put_integer(json, "n", results->n);
	put_number(json, "r", results->r);
	put_number(json, "spend", results->spend);
	put_number(json, "mean_cost", results->mean_cost);
	json_object_close(json);
	json_key(json, "b");
	json_object_open(json);
	for (int i = 0; i < 3; i++)
		put_number(json, names[i], results->top[i]);
	put_number(json, "under_2000", results->under[0]);
	put_number(json, "under_5000", results->under[1]);
	put_number(json, "saving", results->saving);
	json_object_close(json);
	json_key(json, "c");
	json_array_open(json);
	for (int i = 0; i < WORKLOAD_BANDS_MOST; i++) {
		if (results->bands[i] == 0)
			continue;
		json_array_open(json);
		json_integer(json, 500 * (int64_t)i);
		json_integer(json, results->bands[i]);
		json_array_close(json);
	}
	json_array_close(json);
}

static void put_group(struct json *json, const struct workload_group *group)
{
	json_array_open(json);
	json_integer(json, group->n);
	json_number(json, group->cost);
	json_number(json, group->total);
	for (int d = 0; d < WORKLOAD_DOMAINS; d++)
		json_number(json, group->domains[d]);
	json_array_close(json);
}

static void put_groups(struct json *json, const struct workload_results *results)
{
	json_key(json, "d");
	json_object_open(json);
	for (int g = 0; g < WORKLOAD_GROUPINGS; g++) {
		const struct workload_names *names = &workload_names[g];

		json_key(json, names->name);
		json_object_open(json);
		for (size_t i = 0; i < names->count; i++) {
			if (results->groups[g][i].n == 0)
				continue;
			json_key(json, names->codes[i]);
			put_group(json, &results->groups[g][i]);
		}
		json_object_close(json);
	}
	json_object_close(json);
}

static void put_domains(struct json *json, const struct workload_results *results)
{
	json_key(json, "e");
	json_array_open(json);
	for (int d = 0; d < WORKLOAD_DOMAINS; d++) {
		json_array_open(json);
		json_number(json, results->prevalence[d][0]);
		json_number(json, results->prevalence[d][1]);
		json_array_close(json);
	}
	json_array_close(json);
	json_key(json, "f");
	json_array_open(json);
	for (int d = 0; d < WORKLOAD_DOMAINS; d++) {
		json_array_open(json);
		for (int level = 0; level < 4; level++)
			json_integer(json, results->levels[d][level]);
		json_array_close(json);
	}
	json_array_close(json);
}

static void put_residential(struct json *json, const struct workload_results *results)
{
	json_key(json, "g");
	json_object_open(json);
	json_key(json, "severe");
	json_array_open(json);
	for (int i = 0; i <= WORKLOAD_DOMAINS; i++)
		json_integer(json, results->severe[i]);
	json_array_close(json);
	put_integer(json, "none", results->severe[0]);
	put_integer(json, "low_total", results->low_total);
	json_object_close(json);
	json_key(json, "h");
	json_object_open(json);
	for (size_t i = 0; i < workload_names[WORKLOAD_PLACEMENT_KIND].count; i++) {
		if (results->changed[i] == 0)
			continue;
		json_key(json, workload_names[WORKLOAD_PLACEMENT_KIND].codes[i]);
		json_array_open(json);
		json_integer(json, results->changed[i]);
		json_number(json, results->change[i]);
		json_array_close(json);
	}
	json_object_close(json);
}

static int compare_ms(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return one < other ? -1 : one > other;
}

static void put_times(struct json *json, struct workload_run *run)
{
	struct rusage usage;

	put_number(json, "load_ms", run->load_ms);
	json_key(json, "report_ms");
	json_array_open(json);
	for (size_t i = 0; i < run->reports; i++)
		json_number(json, run->report_ms[i]);
	json_array_close(json);
	qsort(run->report_ms, run->reports, sizeof *run->report_ms, compare_ms);
	put_number(json, "median_ms", run->reports ? run->report_ms[run->reports / 2] : 0);
	getrusage(RUSAGE_SELF, &usage);
	put_number(json, "memory_mb", (double)usage.ru_maxrss / 1024);
}

int workload_print(struct workload_run *run, const struct workload_results *results)
{
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);
	int status = 1;

	if (!arena)
		return status;
	json_object_open(&json);
	json_key(&json, "implementation");
	json_string(&json, run->implementation);
	json_key(&json, "version");
	json_string(&json, run->version);
	put_integer(&json, "threads", run->threads);
	put_integer(&json, "children", (int64_t)run->children);
	put_times(&json, run);
	json_key(&json, "results");
	json_object_open(&json);
	put_spend(&json, results);
	put_groups(&json, results);
	put_domains(&json, results);
	put_residential(&json, results);
	json_object_close(&json);
	json_object_close(&json);
	if (!out.failed && puts(buffer_cstring(&out)) >= 0)
		status = 0;
	arena_close(arena);
	return status;
}
