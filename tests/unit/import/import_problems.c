/* SPDX-License-Identifier: MIT */
/*
 * For developers: import_problems [--threads N] [--rows] FILE_OR_FOLDER... prints the problems of
 * an import as CSV, or with --rows what was accepted; a line for each file goes to standard error.
 * Exit 0, 3 where something was refused, 1 on an error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/parallel.h"
#include "imported.h"

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void say_files(const struct import *import, double taken)
{
	size_t bytes = 0;

	for (size_t i = 0; i < import->file_count; i++) {
		const struct import_file *file = &import->files[i];

		bytes += file->bytes;
		fprintf(stderr,
			"%s%s%s: %s %d, read %llu, accepted %llu, refused %llu, repeated %llu\n",
			file->shown, file->sheet ? "#" : "", file->sheet ? file->sheet : "",
			file->table ? file->table->name : "-", file->collection_year,
			(unsigned long long)file->rows_read,
			(unsigned long long)file->rows_accepted,
			(unsigned long long)file->rows_refused,
			(unsigned long long)file->rows_repeated);
	}
	fprintf(stderr, "%zu problems, %.1f MB in %.3f s: %.0f MB/s\n", import->problem_count,
		(double)bytes / 1e6, taken, (double)bytes / 1e6 / taken);
}

int main(int argc, char **argv)
{
	struct imported imported = {.import = {0}};
	struct buffer out;
	bool rows = false;
	int first = 1, status = 1;
	double start = seconds();

	for (; first < argc && strncmp(argv[first], "--", 2) == 0; first++) {
		if (strcmp(argv[first], "--rows") == 0)
			rows = true;
		else if (strcmp(argv[first], "--threads") == 0 && first + 1 < argc)
			parallel_set_threads(atoi(argv[++first]));
	}
	if (!imported_open(
		    &imported, rows, (const char *const *)(argv + first), (size_t)(argc - first))) {
		fprintf(stderr, "import_problems: %s\n", imported.error.message);
		goto done;
	}
	say_files(&imported.import, seconds() - start);
	out = buffer_in(imported.arena);
	if (rows)
		out = imported.rows;
	else
		import_problems_csv(&imported.import, &out);
	fwrite(out.data, 1, out.length, stdout);
	status = imported.import.refused ? 3 : 0;
done:
	imported_close(&imported);
	return status;
}
