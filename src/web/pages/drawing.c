/* SPDX-License-Identifier: MIT */
#include "web/pages/drawing.h"

#include "base/date.h"

enum { TICKS_MOST = 9, FOOT = 22 };

void drawing_open(struct drawing *drawing, struct model *model, const char *key, const char *words,
	int32_t from, int32_t to)
{
	struct model *own = model_object(model, key);

	*drawing = (struct drawing){.arena = model->arena,
		.model = own,
		.lines = model_list(own, "lines"),
		.shapes = model_list(own, "shapes"),
		.dots = model_list(own, "dots"),
		.texts = model_list(own, "texts"),
		.from = from,
		.to = to > from ? to : from + 1};
	model_string(own, "words", words);
}

int drawing_x(const struct drawing *drawing, int32_t day)
{
	int64_t width = DRAWING_RIGHT - DRAWING_LEFT, days = drawing->to - drawing->from;

	return DRAWING_LEFT + (int)(((int64_t)day - drawing->from) * width / days);
}

static void set_number(
	const struct drawing *drawing, struct model *model, const char *key, int number)
{
	model_string(model, key, arena_format(drawing->arena, "%d", number));
}

void drawing_line(struct drawing *drawing, const char *kind, int x1, int y1, int x2, int y2)
{
	struct model *line = model_object(drawing->lines, NULL);

	model_string(line, "kind", kind);
	set_number(drawing, line, "x1", x1);
	set_number(drawing, line, "y1", y1);
	set_number(drawing, line, "x2", x2);
	set_number(drawing, line, "y2", y2);
}

void drawing_shape(struct drawing *drawing, const char *kind, const char *path, const char *words)
{
	struct model *shape = model_object(drawing->shapes, NULL);

	model_string(shape, "kind", kind);
	model_string(shape, "path", path);
	model_string(shape, "mark", words ? words : "");
}

void drawing_dot(struct drawing *drawing, int x, int y, const char *words)
{
	struct model *dot = model_object(drawing->dots, NULL);

	set_number(drawing, dot, "x", x);
	set_number(drawing, dot, "y", y);
	model_string(dot, "mark", words ? words : "");
}

void drawing_text(struct drawing *drawing, const char *kind, int x, int y, const char *text)
{
	struct model *one = model_object(drawing->texts, NULL);

	model_string(one, "kind", kind);
	set_number(drawing, one, "x", x);
	set_number(drawing, one, "y", y);
	model_string(one, "text", text);
}

/* Months from one line of the axis to the next, so that their words do not meet. */
static int months_apart(const struct drawing *drawing)
{
	static const int steps[] = {1, 3, 6, 12, 24, 60};
	int months = (drawing->to - drawing->from) / 30;
	size_t last = sizeof steps / sizeof *steps - 1, step = 0;

	while (step < last && months / steps[step] > TICKS_MOST)
		step++;
	return steps[step];
}

static const char *tick_words(struct arena *arena, int month, int apart)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

	return apart >= 12 ? arena_format(arena, "%d", month / 12)
			   : arena_format(arena, "%s %d", names[month % 12], month / 12);
}

void drawing_close(struct drawing *drawing)
{
	struct date_parts first = date_parts(drawing->from);
	int apart = months_apart(drawing), y = drawing->y;
	int month = first.year * 12 + first.month - 1;

	for (month += (apart - month % apart) % apart;; month += apart) {
		int32_t day = date_from_parts((struct date_parts){month / 12, month % 12 + 1, 1});
		int x = drawing_x(drawing, day);

		if (day > drawing->to)
			break;
		if (day < drawing->from)
			continue;
		drawing_line(drawing, "time", x, 0, x, y + 4);
		if (x > DRAWING_RIGHT - 22)
			continue;
		drawing_text(drawing, x < DRAWING_LEFT + 22 ? "start" : "middle",
			x < DRAWING_LEFT + 22 ? DRAWING_LEFT : x, y + 17,
			tick_words(drawing->arena, month, apart));
	}
	drawing_line(drawing, "axis", DRAWING_LEFT, y, DRAWING_RIGHT, y);
	set_number(drawing, drawing->model, "width", DRAWING_WIDTH);
	set_number(drawing, drawing->model, "height", y + FOOT);
}
