/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 3, 0))) static void error_fill(
	struct error *error, enum error_code code, const char *format, va_list arguments)
{
	if (!error)
		return;
	error->code = code;
	vsnprintf(error->message, sizeof error->message, format, arguments);
}

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_fill(error, code, format, arguments);
	va_end(arguments);
	return false;
}

bool error_no_memory(struct error *error)
{
	return error_set(error, ERROR_SYSTEM, "memory ran out: nothing was changed");
}

static bool is_of_storage(int number)
{
	return number == ENOSPC || number == EDQUOT || number == EFBIG || number == EIO ||
	       number == EROFS;
}

bool error_system(struct error *error, int number, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_fill(error, is_of_storage(number) ? ERROR_STORAGE : ERROR_SYSTEM, format, arguments);
	va_end(arguments);
	if (error) {
		size_t used = strlen(error->message);

		snprintf(error->message + used, sizeof error->message - used, ": %s",
			strerror(number));
	}
	return false;
}

int error_exit_status(enum error_code code)
{
	switch (code) {
	case ERROR_NONE:
		return 0;
	case ERROR_INPUT:
	case ERROR_MISSING:
	case ERROR_LIMIT:
		return 1;
	case ERROR_DENIED:
		return 4;
	case ERROR_CONFLICT:
		return 5;
	case ERROR_SYSTEM:
	case ERROR_STORAGE:
	case ERROR_UNCERTAIN:
		return 6;
	}
	return 1;
}
