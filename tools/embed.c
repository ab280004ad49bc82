/* SPDX-License-Identifier: MIT */
/*
 * Puts files into the program. Usage: embed OUT.c OUT.S OUT.d ROOT PATH…
 * Writes an assembler file that includes every file by .incbin, and a C table of them sorted by
 * path (relative to ROOT) with a hash of path and contents.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
	const char *path;     /* as given */
	const char *relative; /* below ROOT, or as given */
	uint64_t hash;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct item *)a)->relative, ((const struct item *)b)->relative);
}

static uint64_t hash_bytes(uint64_t hash, const unsigned char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static int hash_file(struct item *item)
{
	unsigned char bytes[65536];
	FILE *file = fopen(item->path, "rb");
	size_t count;

	if (!file)
		return 0;
	item->hash = hash_bytes(UINT64_C(0xcbf29ce484222325), (const unsigned char *)item->relative,
		strlen(item->relative));
	while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
		item->hash = hash_bytes(item->hash, bytes, count);
	return fclose(file) == 0;
}

/* "OUT=PATH" names a built file: shown as OUT, read from PATH. */
static void name_item(struct item *item, char *argument, const char *root)
{
	char *equals = strchr(argument, '=');
	size_t length = strlen(root);

	if (equals) {
		*equals = '\0';
		item->relative = argument;
		item->path = equals + 1;
		return;
	}
	item->path = argument;
	item->relative = argument;
	if (strncmp(argument, root, length) == 0 && argument[length] == '/')
		item->relative = argument + length + 1;
}

static int write_outputs(const char *c_path, const char *s_path, const char *d_path,
	const struct item *items, int count)
{
	FILE *c = fopen(c_path, "w"), *s = fopen(s_path, "w"), *d = fopen(d_path, "w");

	if (!c || !s || !d)
		return 0;
	fprintf(c, "#include \"base/embedded.h\"\n");
	fprintf(s, "\t.section .rodata\n");
	fprintf(d, "%s %s:", c_path, s_path);
	for (int i = 0; i < count; i++) {
		fprintf(c, "extern const unsigned char embedded_%d[], embedded_%d_end[];\n", i, i);
		fprintf(s, "\t.balign 16\n\t.globl embedded_%d\nembedded_%d:\n", i, i);
		fprintf(s, "\t.incbin \"%s\"\n\t.globl embedded_%d_end\nembedded_%d_end:\n",
			items[i].path, i, i);
		fprintf(s, "\t.byte 0\n");
		fprintf(d, " %s", items[i].path);
	}
	fprintf(s, "\t.section .note.GNU-stack,\"\",@progbits\n");
	fprintf(c, "const struct embedded_file embedded_files[] = {\n");
	for (int i = 0; i < count; i++)
		fprintf(c, "\t{\"%s\", embedded_%d, embedded_%d_end, 0x%016llxu},\n",
			items[i].relative, i, i, (unsigned long long)items[i].hash);
	fprintf(c, "};\nconst size_t embedded_file_count = %d;\n", count);
	fprintf(d, "\n");
	return !!fclose(c) + !!fclose(s) + !!fclose(d) == 0;
}

int main(int count, char **arguments)
{
	struct item *items = calloc((size_t)count, sizeof *items);
	int files = count - 5;

	if (!items || files < 1) {
		fprintf(stderr, "usage: embed OUT.c OUT.S OUT.d ROOT PATH...\n");
		return 2;
	}
	for (int i = 0; i < files; i++) {
		name_item(&items[i], arguments[i + 5], arguments[4]);
		if (!hash_file(&items[i])) {
			fprintf(stderr, "embed: %s cannot be read\n", items[i].path);
			return 1;
		}
	}
	qsort(items, (size_t)files, sizeof *items, compare);
	if (!write_outputs(arguments[1], arguments[2], arguments[3], items, files)) {
		fprintf(stderr, "embed: the outputs cannot be written\n");
		return 1;
	}
	free(items);
	return 0;
}
