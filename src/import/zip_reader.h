/* SPDX-License-Identifier: MIT */
/*
 * The parts of a zip archive held in memory. The door of libzip.
 *
 * The one rule: sizes, ratio and names are checked when the archive is opened, and again counted
 * while its parts are read; nothing is ever written to a disk. A function that returns false has
 * filled the fault (the archive is refused) or the error (the machine failed).
 */
#ifndef HEARTH_IMPORT_ZIP_READER_H
#define HEARTH_IMPORT_ZIP_READER_H

#include "base/error.h"
#include "import/sheet.h"

struct zip_package {
	void *archive;
	struct sheet_fault *fault;
	uint64_t inflated; /* bytes of all parts read so far */
};

struct zip_part {
	struct zip_package *package;
	void *file;
	uint64_t left; /* bytes that may still come */
};

/* `bytes` must stay while the archive is open. */
bool zip_package_open(struct zip_package *out_package, struct text bytes, struct sheet_fault *fault,
	struct error *error) MUST_CHECK;
void zip_package_close(struct zip_package *package);

/* The number of a part, without regard to letter case; -1 when there is none. */
int64_t zip_package_find(const struct zip_package *package, const char *name);

bool zip_part_open(struct zip_part *out_part, struct zip_package *package, int64_t number,
	struct error *error) MUST_CHECK;
void zip_part_close(struct zip_part *part);

/* At most `size` bytes; *out_length is 0 at the end, when the checksum was right. */
bool zip_part_read(struct zip_part *part, char *room, size_t size, size_t *out_length) MUST_CHECK;

#endif
