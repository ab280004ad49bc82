/* SPDX-License-Identifier: MIT */
#include "demo/choices.h"

static const char *const kind_names[KIND_COUNT] = {
	[KIND_IN_HOUSE_FOSTERING] = "in-house fostering",
	[KIND_AGENCY_FOSTERING] = "independent fostering agency",
	[KIND_IN_HOUSE_HOME] = "in-house children's home",
	[KIND_PRIVATE_HOME] = "private children's home",
	[KIND_SPECIALIST] = "specialist residential",
	[KIND_SUPPORTED] = "semi-independent and independent",
	[KIND_FAMILY] = "with parents or for adoption",
	[KIND_OTHER] = "other",
};

const char *kind_name(enum kind kind)
{
	return kind < KIND_COUNT ? kind_names[kind] : "";
}

enum kind kind_of(struct text name)
{
	int kind = 0;

	while (kind < KIND_COUNT && !text_is(name, kind_names[kind]))
		kind++;
	return (enum kind)kind;
}

static bool choice_fits(const struct choice *choice, enum kind kind, int age)
{
	return (choice->kind == KIND_COUNT || choice->kind == kind) && choice->from_age <= age &&
	       age <= choice->to_age;
}

const struct choice *choice_take(
	const struct choices *choices, enum kind kind, int age, double share)
{
	const struct choice *last = NULL;
	double whole = 0, below = 0;

	for (size_t i = 0; i < choices->count; i++)
		if (choice_fits(&choices->rows[i], kind, age))
			whole += choices->rows[i].weight;
	for (size_t i = 0; i < choices->count; i++) {
		if (!choice_fits(&choices->rows[i], kind, age))
			continue;
		last = &choices->rows[i];
		below += last->weight;
		if (share * whole < below)
			break;
	}
	return last;
}
