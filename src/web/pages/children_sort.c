/* SPDX-License-Identifier: MIT */
/* The order of the list of children. */
#include <stdlib.h>

#include "web/pages/children_list.h"

static int by(int64_t one, int64_t other)
{
	return (one > other) - (one < other);
}

/* Indices are in the order of the council's ids. */
static int by_child(const struct listed *a, const struct listed *b)
{
	return by(a->index, b->index);
}

static int by_age(const struct listed *a, const struct listed *b)
{
	return by(a->age, b->age);
}

static int by_home(const struct listed *a, const struct listed *b)
{
	return by(a->kind, b->kind);
}

static int by_total(const struct listed *a, const struct listed *b)
{
	return by(a->total, b->total);
}

static int by_assessed(const struct listed *a, const struct listed *b)
{
	return by(a->assessed_on, b->assessed_on);
}

/* Those for whom none is asked come last. */
static int by_due(const struct listed *a, const struct listed *b)
{
	return by(a->due.state == RHYTHM_NOT_DUE ? INT64_MAX : a->due.due,
		b->due.state == RHYTHM_NOT_DUE ? INT64_MAX : b->due.due);
}

typedef int listed_order(const struct listed *a, const struct listed *b);

struct order {
	listed_order *order;
	int way;
};

static int compare(const void *a, const void *b, void *context)
{
	const struct order *order = context;
	int first = order->order(a, b) * order->way;

	return first ? first : by_child(a, b);
}

void children_sort(struct children_list *list)
{
	static const struct {
		const char *name;
		listed_order *order;
	} orders[] = {
		{"child", by_child},
		{"age", by_age},
		{"home", by_home},
		{"total", by_total},
		{"assessed", by_assessed},
		{"due", by_due},
	};
	struct text name = fields_get(&list->request->query, "sort");
	bool down = text_is(fields_get(&list->request->query, "way"), "down");
	struct order order = {by_child, down ? -1 : 1};

	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (text_is(name, orders[i].name))
			order.order = orders[i].order;
	if (list->count > 1)
		qsort_r(list->rows, list->count, sizeof *list->rows, compare, &order);
}
