/* SPDX-License-Identifier: MIT */
/* What the list of children can be narrowed to. */
#include "web/pages/children_list.h"

static void add_choice(struct list_filter_words *filter, const char *code, const char *label)
{
	if (filter->count < sizeof filter->choices / sizeof *filter->choices)
		filter->choices[filter->count++] = (struct list_choice){code, label};
}

static void add_grouping(struct list_filter_words *filter, const struct grouping *grouping)
{
	for (size_t i = 0; i < grouping->count; i++)
		add_choice(filter, grouping->codes[i], grouping->labels[i]);
}

static void add_rest(struct children_list *list)
{
	struct list_filter_words *filters = list->filters;
	const struct framework *framework = list->visit->framework;

	for (size_t i = 0; i < framework->total_band_count; i++)
		add_choice(&filters[FILTER_NEED], framework->total_bands[i].key,
			framework->total_bands[i].label);
	add_choice(&filters[FILTER_NEED], "not-assessed", "Not assessed yet");
	add_choice(&filters[FILTER_DUE], "overdue", "Overdue");
	add_choice(&filters[FILTER_DUE], "soon", "Due soon");
	add_choice(&filters[FILTER_DUE], "later", "Due later");
	add_choice(&filters[FILTER_WHOSE], "mine", "I work with them");
	if (list->visit->session->account.scope.team)
		add_choice(&filters[FILTER_WHOSE], "team", "My team works with them");
	add_choice(&filters[FILTER_WHOSE], "nobody", "Not with me or my team");
	add_choice(&filters[FILTER_CARE], "now", "Looked after today");
	add_choice(&filters[FILTER_CARE], "left", "Not looked after today");
}

void children_filters(struct children_list *list)
{
	static const struct list_filter_words words[LIST_FILTERS] = {
		[FILTER_AGE] = {.name = "age", .label = "Age", .any = "Any age"},
		[FILTER_SEX] = {.name = "sex", .label = "Sex", .any = "Any"},
		[FILTER_HOME] = {.name = "home", .label = "Home", .any = "Any home"},
		[FILTER_KIND] = {.name = "kind", .label = "Kind of home", .any = "Any kind"},
		[FILTER_NEED] = {.name = "need", .label = "Total of needs", .any = "Any total"},
		[FILTER_DUE] = {.name = "due", .label = "Next assessment", .any = "Any day"},
		[FILTER_WHOSE] = {.name = "who", .label = "Who works with them", .any = "Anyone"},
		[FILTER_CARE] = {.name = "care", .label = "In care", .any = "Everyone"},
	};
	const struct grouping *groupings = list->visit->schema->groupings;

	memcpy(list->filters, words, sizeof words);
	add_grouping(&list->filters[FILTER_AGE], &groupings[GROUPING_AGE_BAND]);
	add_grouping(&list->filters[FILTER_SEX], &groupings[GROUPING_SEX]);
	add_grouping(&list->filters[FILTER_HOME], &groupings[GROUPING_PLACEMENT_GROUP]);
	add_grouping(&list->filters[FILTER_KIND], &groupings[GROUPING_PLACEMENT_KIND]);
	add_rest(list);
	for (size_t f = 0; f < LIST_FILTERS; f++) {
		struct list_filter_words *filter = &list->filters[f];
		struct text value = fields_get(&list->request->query, filter->name);

		filter->chosen = -1;
		for (size_t i = 0; i < filter->count; i++)
			if (value.length && text_is(value, filter->choices[i].code))
				filter->chosen = (int)i;
	}
}
