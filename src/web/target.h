/* SPDX-License-Identifier: MIT */
/*
 * The target of a request line, taken apart strictly.
 *
 * The one rule: a path is decoded once, and a decoded path is valid UTF-8 without control
 * characters, backslash, empty parts, or parts "." and ".."; an encoded slash is refused, not
 * decoded. So no decoded path can name anything outside what it is looked up in.
 */
#ifndef HEARTH_WEB_TARGET_H
#define HEARTH_WEB_TARGET_H

#include "base/arena.h"
#include "base/text.h"

enum { TARGET_LIMIT = 4096 }; /* bytes of a target; a longer one is answered 414 */

struct target {
	struct text path; /* decoded, begins with / and, but for "/" itself, does not end in it */
	struct text raw_path; /* as it came */
	struct text query;    /* as it came, without the question mark */
	bool trailing_slash;  /* it ended in one: to be redirected to the path without */
};

/* ERROR_INPUT for what is not a target of that form, ERROR_LIMIT when it is too long. */
bool target_read(struct arena *arena, struct text raw, struct target *out_target,
	struct error *error) MUST_CHECK;

#endif
