/* SPDX-License-Identifier: MIT */
#include "scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

_Bool scratch_make(char out[SCRATCH_SIZE])
{
	snprintf(out, SCRATCH_SIZE, "/tmp/hearth-demo-XXXXXX");
	return mkdtemp(out) != NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

void scratch_remove(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
