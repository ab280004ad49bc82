/* SPDX-License-Identifier: MIT */
/* A progress bar on standard error, where that is a terminal, for work that takes over a second. */
#ifndef HEARTH_CLI_PROGRESS_H
#define HEARTH_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	bool on;
	const char *what; /* "Reading" */
	int64_t began_ms; /* 0 before the first call */
	int64_t drawn_ms;
	bool drawn;
};

/* For import's callback: `context` is a struct progress. Always true: go on. */
bool progress_show(void *context, size_t done, size_t total);

/* Takes the bar away. */
void progress_end(struct progress *progress);

#endif
