/* SPDX-License-Identifier: MIT */
/* What the tests of the views share: an arena a test, and a report over made-up children in a
 * format. */
#ifndef HEARTH_TESTS_CHECKS_H
#define HEARTH_TESTS_CHECKS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sample.h"

static inline int checks_open(void **state)
{
	*state = arena_open();
	return *state ? 0 : -1;
}

static inline int checks_close(void **state)
{
	arena_close(*state);
	return 0;
}

#define CHECKS(test) cmocka_unit_test_setup_teardown(test, checks_open, checks_close)

/* The report in the format, as a C string. */
static inline const char *checks_report(struct arena *arena, const char *format, size_t children,
	bool of_child, const struct view_options *options, size_t *out_length)
{
	struct view_report report;
	struct buffer out = buffer_in(arena);
	struct error error = {0};

	if (!sample_report(&report, arena, children, of_child, &error) ||
		!view_format_find(text_of(format))
			 ->write(&out, NULL, arena, &report, options, &error))
		fail_msg("%s", error.message);
	if (out_length)
		*out_length = out.length;
	return buffer_cstring(&out);
}

#endif
