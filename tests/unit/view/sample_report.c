/* SPDX-License-Identifier: MIT */
/* Writes a report over made-up children, to look at a format: sample_report FORMAT OUT
 * [CHILDREN|child] */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "sample.h"

int main(int count, char **arguments)
{
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);
	struct view_report report;
	struct view_options options = {.width = 100};
	struct error error = {0};
	bool of_child = count > 3 && strcmp(arguments[3], "child") == 0;
	size_t children = count > 3 && !of_child ? strtoul(arguments[3], NULL, 10) : 3528;
	const struct view_format *format =
		count > 2 ? view_format_find(text_of(arguments[1])) : NULL;
	bool written = false;

	if (!arena || !format) {
		fprintf(stderr, "usage: sample_report FORMAT OUT [CHILDREN|child]\n");
		goto done;
	}
	written = sample_report(&report, arena, children, of_child, &error) &&
		  format->write(&out, arguments[2], arena, &report, &options, &error) &&
		  (format->folder ||
			  file_write(arguments[2], (struct text){out.data, out.length}, &error));
	if (!written)
		fprintf(stderr, "sample_report: %s\n", error.message);
done:
	arena_close(arena);
	return written ? 0 : 1;
}
