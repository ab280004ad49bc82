/* SPDX-License-Identifier: MIT */
#include "import/xlsx_book.h"

/* Reads the sheets that hold anything into out_sheets. */
static bool sheets_read(struct xlsx_book *book, struct sheet **out_sheets, size_t *out_count)
{
	struct sheet *sheets = arena_take(book->arena, book->sheet_count, sizeof *sheets);
	size_t count = 0;

	if (!sheets)
		return error_no_memory(book->error);
	for (size_t i = 0; i < book->sheet_count; i++) {
		if (!xlsx_cells_read(book, &book->sheets[i], &sheets[count]))
			return false;
		count += sheets[count].records > 0;
	}
	*out_sheets = sheets;
	*out_count = count;
	return true;
}

bool xlsx_read(struct arena *arena, struct text bytes, struct sheet **out_sheets, size_t *out_count,
	struct sheet_fault *out_fault, struct error *error)
{
	struct xlsx_book book = {
		.arena = arena,
		.scratch = arena_open(),
		.fault = out_fault,
		.error = error,
	};
	bool ok = false;

	*out_fault = (struct sheet_fault){0};
	*out_sheets = NULL;
	*out_count = 0;
	if (!book.scratch) {
		error_no_memory(error);
		goto done;
	}
	ok = zip_package_open(&book.package, bytes, out_fault, error) && xlsx_package_read(&book) &&
	     xlsx_strings_read(&book) && xlsx_styles_read(&book) &&
	     sheets_read(&book, out_sheets, out_count);
done:
	zip_package_close(&book.package);
	arena_close(book.scratch);
	return ok || out_fault->problem;
}
