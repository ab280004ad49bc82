/* SPDX-License-Identifier: MIT */
/* What must hold of every sheet that a reader gives, whatever the bytes were. */
#ifndef HEARTH_FUZZ_SHEETS_HOLD_H
#define HEARTH_FUZZ_SHEETS_HOLD_H

#include <stdlib.h>

#include "import/sheet.h"

static inline void must(bool holds)
{
	if (!holds)
		abort();
}

static inline void sheet_holds(const struct sheet *sheet)
{
	must(sheet->records > 0 && sheet->first_field[0] == 0);
	for (size_t record = 0; record < sheet->records; record++) {
		must(sheet->lines[record] > 0);
		must(sheet->first_field[record + 1] >= sheet->first_field[record]);
		must(sheet->first_field[record + 1] - sheet->first_field[record] >=
			sheet->first_field[1]);
	}
	for (uint32_t i = 0; i < sheet->first_field[sheet->records]; i++) {
		struct text field = sheet->fields[i];

		must(text_is_utf8(field));
		must(text_trim(field).length == field.length);
	}
}

static inline void sheets_hold(
	bool ok, const struct sheet *sheets, size_t count, const struct sheet_fault *fault)
{
	must(ok);
	must(!fault->problem || (count == 0 && fault->line > 0));
	must(text_is_utf8(text_of(fault->value)));
	for (size_t i = 0; i < count; i++)
		sheet_holds(&sheets[i]);
}

#endif
