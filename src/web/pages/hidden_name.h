/* SPDX-License-Identifier: MIT */
/* Taking names out of what people wrote, for papers that must not say who a child is. */
#ifndef HEARTH_WEB_PAGES_HIDDEN_NAME_H
#define HEARTH_WEB_PAGES_HIDDEN_NAME_H

#include "base/arena.h"
#include "base/text.h"

/* The text with every name in it, as a word or words of its own, as "[name]": in either letter case
 * and with or without its accents. A name of several words is looked for whole and word by word (of
 * 3 letters or more). Other people's names are not known here and stay. */
struct text hide_names(
	struct arena *arena, struct text text, const struct text *names, size_t count);

#endif
