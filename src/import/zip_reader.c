/* SPDX-License-Identifier: MIT */
#include "import/zip_reader.h"

#include <stdio.h>
#include <zip.h>

#include "import/expat_reader.h"

enum {
	ENTRIES_MOST = 1000,
	RATIO_MOST = 200,
	RATIO_FROM = 1 << 20, /* bytes: a small part may well be nothing but repetition */
};

static const uint64_t inflated_most = UINT64_C(512) << 20;

/* No part may have a name that would lie outside a folder it is unpacked into. */
static bool name_is_safe(const char *name)
{
	struct text rest = text_of(name), piece;

	if (name[0] == '/' || name[0] == '\\' || strchr(name, ':'))
		return false;
	for (const char *at = name; *at; at++)
		if ((unsigned char)*at < 0x20)
			return false;
	while (rest.length > 0) {
		size_t length = strcspn(rest.data, "/\\");

		piece = (struct text){rest.data, length};
		if (text_is(piece, ".."))
			return false;
		length += length < rest.length;
		rest = (struct text){rest.data + length, rest.length - length};
	}
	return true;
}

static bool entry_check(const struct zip_package *package, const zip_stat_t *entry)
{
	struct sheet_fault *fault = package->fault;

	if (!(entry->valid & ZIP_STAT_NAME) || !(entry->valid & ZIP_STAT_SIZE) ||
		!(entry->valid & ZIP_STAT_COMP_SIZE))
		return fault_set(fault, "xlsx_damaged", 1, "");
	if (!name_is_safe(entry->name))
		return fault_set(fault, "xlsx_names", 1, entry->name);
	if ((entry->valid & ZIP_STAT_ENCRYPTION_METHOD) && entry->encryption_method != ZIP_EM_NONE)
		return fault_set(fault, "xlsx_encrypted", 1, entry->name);
	if ((entry->valid & ZIP_STAT_COMP_METHOD) && entry->comp_method != ZIP_CM_STORE &&
		entry->comp_method != ZIP_CM_DEFLATE)
		return fault_set(fault, "xlsx_damaged", 1, entry->name);
	if (entry->size > inflated_most)
		return fault_set(fault, "xlsx_large", 1, entry->name);
	if (entry->size > RATIO_FROM && entry->size / RATIO_MOST > entry->comp_size)
		return fault_set(fault, "xlsx_bomb", 1, entry->name);
	return true;
}

static bool entries_check(const struct zip_package *package)
{
	zip_int64_t count = zip_get_num_entries(package->archive, 0);
	uint64_t sum = 0;
	zip_stat_t entry;

	if (count > ENTRIES_MOST)
		return fault_set(package->fault, "xlsx_entries", 1, "");
	for (zip_int64_t i = 0; i < count; i++) {
		if (zip_stat_index(package->archive, (zip_uint64_t)i, 0, &entry) != 0)
			return fault_set(package->fault, "xlsx_damaged", 1, "");
		if (!entry_check(package, &entry))
			return false;
		sum += entry.size;
	}
	if (sum > inflated_most)
		return fault_set(package->fault, "xlsx_large", 1, "");
	return true;
}

/* The workbooks of Excel 97 and those with a password are compound files, not archives. */
static bool compound_refuse(struct text bytes, struct sheet_fault *fault)
{
	static const char mark[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
	static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	if (bytes.length < 8 || memcmp(bytes.data, mark, 8) != 0)
		return true;
	if (memmem(bytes.data, bytes.length, encrypted, sizeof encrypted - 1))
		return fault_set(fault, "xlsx_encrypted", 1, "");
	return fault_set(fault, "file_old_workbook", 1, "");
}

bool zip_package_open(struct zip_package *out_package, struct text bytes, struct sheet_fault *fault,
	struct error *error)
{
	struct zip_package package = {.fault = fault};
	zip_source_t *source;
	zip_error_t why;

	if (bytes.length == 0)
		return fault_set(fault, "xlsx_damaged", 1, "");
	if (!compound_refuse(bytes, fault))
		return false;
	zip_error_init(&why);
	source = zip_source_buffer_create(bytes.data, bytes.length, 0, &why);
	if (!source)
		return error_no_memory(error);
	package.archive = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (!package.archive) {
		zip_source_free(source);
		if (zip_error_code_zip(&why) == ZIP_ER_MEMORY)
			return error_no_memory(error);
		fault_set(fault, "xlsx_damaged", 1, zip_error_strerror(&why));
		zip_error_fini(&why);
		return false;
	}
	if (!entries_check(&package)) {
		zip_package_close(&package);
		return false;
	}
	*out_package = package;
	return true;
}

void zip_package_close(struct zip_package *package)
{
	if (package->archive)
		zip_discard(package->archive);
	package->archive = NULL;
}

int64_t zip_package_find(const struct zip_package *package, const char *name)
{
	return zip_name_locate(package->archive, name, ZIP_FL_NOCASE);
}

bool zip_part_open(
	struct zip_part *out_part, struct zip_package *package, int64_t number, struct error *error)
{
	struct zip_part part = {.package = package};
	zip_stat_t entry;

	if (zip_stat_index(package->archive, (zip_uint64_t)number, 0, &entry) != 0)
		return fault_set(package->fault, "xlsx_damaged", 1, "");
	part.left = entry.size;
	part.file = zip_fopen_index(package->archive, (zip_uint64_t)number, 0);
	if (!part.file) {
		zip_error_t *why = zip_get_error(package->archive);

		if (zip_error_code_zip(why) == ZIP_ER_MEMORY)
			return error_no_memory(error);
		return fault_set(package->fault, "xlsx_damaged", 1, zip_error_strerror(why));
	}
	*out_part = part;
	return true;
}

void zip_part_close(struct zip_part *part)
{
	if (part->file)
		zip_fclose(part->file);
	part->file = NULL;
}

bool zip_part_read(struct zip_part *part, char *room, size_t size, size_t *out_length)
{
	struct zip_package *package = part->package;
	zip_int64_t length = zip_fread(part->file, room, size);

	if (length < 0)
		return fault_set(package->fault, "xlsx_damaged", 1,
			zip_error_strerror(zip_file_get_error(part->file)));
	package->inflated += (uint64_t)length;
	if ((uint64_t)length > part->left)
		return fault_set(package->fault, "xlsx_damaged", 1, "");
	if (package->inflated > inflated_most)
		return fault_set(package->fault, "xlsx_large", 1, "");
	part->left -= (uint64_t)length;
	*out_length = (size_t)length;
	return true;
}
