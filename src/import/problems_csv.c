/* SPDX-License-Identifier: MIT */
#include "import/import.h"

/* Whether a spreadsheet would take the text for a formula. A plain number such as -5 is none. */
static bool problems_is_formula(struct text text)
{
	double number;

	return text.length && memchr("=+-@\t\r", text.data[0], 6) && !text_number(text, &number);
}

static void problems_add_value(struct buffer *out, struct text text)
{
	bool formula = problems_is_formula(text), quoted = false;

	for (size_t i = 0; i < text.length && !quoted; i++)
		quoted = text.data[i] == ',' || text.data[i] == '"' || text.data[i] == '\n' ||
			 text.data[i] == '\r';
	if (quoted)
		buffer_char(out, '"');
	if (formula)
		buffer_char(out, '\'');
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] == '"')
			buffer_char(out, '"');
		buffer_char(out, text.data[i]);
	}
	if (quoted)
		buffer_char(out, '"');
}

static void problems_add_file(struct buffer *out, const struct import_file *file)
{
	struct buffer name = buffer_in(out->arena);

	buffer_string(&name, file->path);
	if (file->sheet) {
		buffer_char(&name, '#');
		buffer_string(&name, file->sheet);
	}
	out->failed |= name.failed;
	problems_add_value(out, (struct text){name.data, name.length});
}

void import_problems_csv(const struct import *import, struct buffer *out)
{
	buffer_string(out, "file,line,column,value,severity,problem,expected\r\n");
	for (size_t i = 0; i < import->problem_count; i++) {
		const struct problem *problem = &import->problems[i];

		problems_add_file(out, &import->files[problem->file]);
		buffer_format(out, ",%u,", problem->line);
		problems_add_value(out, problem->column);
		buffer_char(out, ',');
		problems_add_value(out, problem->value);
		buffer_string(out, problem->severity == SEVERITY_ERROR ? ",error," : ",warning,");
		problems_add_value(out, text_of(problem->problem));
		buffer_char(out, ',');
		problems_add_value(out, text_of(problem->expected));
		buffer_string(out, "\r\n");
	}
}
