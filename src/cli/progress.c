/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>

enum { PROGRESS_WIDTH = 40, PROGRESS_AFTER_MS = 1000, PROGRESS_EVERY_MS = 100 };

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool progress_show(void *context, size_t done, size_t total)
{
	struct progress *progress = context;
	int64_t now;
	int filled;

	if (!progress->on || !total)
		return true;
	now = now_ms();
	if (!progress->began_ms)
		progress->began_ms = now;
	if (now - progress->began_ms < PROGRESS_AFTER_MS ||
		now - progress->drawn_ms < PROGRESS_EVERY_MS)
		return true;
	progress->drawn_ms = now;
	progress->drawn = true;
	if (done > total)
		done = total;
	filled = (int)(done * PROGRESS_WIDTH / total);
	fprintf(stderr, "\r%s [%.*s%*s] %3d%%", progress->what, filled,
		"########################################", PROGRESS_WIDTH - filled, "",
		(int)(done * 100 / total));
	fflush(stderr);
	return true;
}

void progress_end(struct progress *progress)
{
	if (progress->drawn)
		fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH + 20, "");
	progress->drawn = false;
}
