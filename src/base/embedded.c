/* SPDX-License-Identifier: MIT */
#include "base/embedded.h"

#include <stdlib.h>

static int embedded_compare(const void *path, const void *file)
{
	return strcmp(path, ((const struct embedded_file *)file)->path);
}

const struct embedded_file *embedded_find(const char *path)
{
	return bsearch(path, embedded_files, embedded_file_count, sizeof *embedded_files,
		embedded_compare);
}

struct text embedded_text(const char *path)
{
	const struct embedded_file *file = embedded_find(path);

	if (!file)
		return (struct text){0};
	return (struct text){(const char *)file->start, (size_t)(file->end - file->start)};
}

size_t embedded_under(const char *prefix, const struct embedded_file **out_first)
{
	size_t length = strlen(prefix), count = 0;

	*out_first = NULL;
	for (size_t i = 0; i < embedded_file_count; i++) {
		if (strncmp(embedded_files[i].path, prefix, length) != 0)
			continue;
		if (!count++)
			*out_first = &embedded_files[i];
	}
	return count;
}
