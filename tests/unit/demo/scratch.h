/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test, and its removal with all that is in it. */
#ifndef HEARTH_TESTS_DEMO_SCRATCH_H
#define HEARTH_TESTS_DEMO_SCRATCH_H

enum { SCRATCH_SIZE = 64 };

/* Makes the folder and puts its path into `out`; false when it cannot be made. */
_Bool scratch_make(char out[SCRATCH_SIZE]);
void scratch_remove(const char *folder);

#endif
