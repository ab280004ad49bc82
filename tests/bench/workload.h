/* SPDX-License-Identifier: MIT */
/*
 * The answers of the benchmark's workload and how they are printed; see README.md.
 *
 * The one rule: a group that holds no child is not printed.
 */
#ifndef HEARTH_TESTS_BENCH_WORKLOAD_H
#define HEARTH_TESTS_BENCH_WORKLOAD_H

#include <stddef.h>
#include <stdint.h>

enum {
	WORKLOAD_DOMAINS = 13,
	WORKLOAD_GROUPS_MOST = 10, /* of one grouping */
	WORKLOAD_BANDS_MOST = 20001,
	WORKLOAD_REPORTS_MOST = 1000,
};

enum workload_grouping {
	WORKLOAD_PLACEMENT_KIND,
	WORKLOAD_HOME,
	WORKLOAD_COST_SIDE,
	WORKLOAD_AGE_BAND,
	WORKLOAD_TIME_BAND,
	WORKLOAD_DISABILITY,
	WORKLOAD_ETHNIC_GROUP,
	WORKLOAD_EHCP,
	WORKLOAD_EXCLUDED,
	WORKLOAD_SEX_AGE_BAND, /* male 0-1 ... female 17+ */
	WORKLOAD_GROUPINGS,
};

struct workload_names {
	const char *name;
	size_t count;
	const char *codes[WORKLOAD_GROUPS_MOST];
};
extern const struct workload_names workload_names[WORKLOAD_GROUPINGS];

/* Place of a code in a grouping, -1 when it has none. */
int workload_code(enum workload_grouping grouping, const char *code, size_t length);

/* (d): n, mean cost, mean total, mean of each domain. */
struct workload_group {
	int64_t n;
	double cost, total, domains[WORKLOAD_DOMAINS];
};

struct workload_results {
	int64_t n;
	double r, spend, mean_cost;
	double top[3], under[2], saving;
	int64_t bands[WORKLOAD_BANDS_MOST]; /* by 500 pounds */
	struct workload_group groups[WORKLOAD_GROUPINGS][WORKLOAD_GROUPS_MOST];
	double prevalence[WORKLOAD_DOMAINS][2];
	int64_t levels[WORKLOAD_DOMAINS][4];
	int64_t severe[WORKLOAD_DOMAINS + 1], low_total;
	int64_t changed[WORKLOAD_GROUPS_MOST]; /* by placement_kind */
	double change[WORKLOAD_GROUPS_MOST];
};

struct workload_run {
	const char *implementation, *version;
	int threads;
	size_t children;
	double load_ms;
	double report_ms[WORKLOAD_REPORTS_MOST];
	size_t reports;
};

double workload_clock_ms(void);

/* Children among the dearest p percent. */
static inline int64_t workload_dearest(int64_t n, int percent)
{
	return (n * percent + 50) / 100;
}

/* The object of README.md on standard output. Returns an exit status. */
int workload_print(struct workload_run *run, const struct workload_results *results);

#endif
