/* SPDX-License-Identifier: MIT */
/* A QR code as a drawing of one path. The door of libqrencode. */
#include <qrencode.h>

#include "people/second_factor.h"

enum { QUIET = 4 }; /* modules of light around it: ISO/IEC 18004 */

/* Dark modules of a row, a rectangle for each run of them. */
static void add_row(struct buffer *svg, const QRcode *code, int row)
{
	const unsigned char *modules = code->data + row * code->width;

	for (int from = 0, to; from < code->width; from = to) {
		to = from + 1;
		if (!(modules[from] & 1))
			continue;
		while (to < code->width && (modules[to] & 1))
			to++;
		buffer_format(
			svg, "M%d %dh%dv1h-%dz", from + QUIET, row + QUIET, to - from, to - from);
	}
}

static void add_escaped(struct buffer *svg, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			buffer_string(svg, "&lt;");
		else if (*text == '&')
			buffer_string(svg, "&amp;");
		else
			buffer_char(svg, *text);
	}
}

bool qr_code_svg(struct arena *arena, const char *text, const char *title, const char **out_svg,
	struct error *error)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buffer svg = buffer_in(arena);
	int side;

	if (!code)
		return error_set(error, ERROR_SYSTEM, "no QR code could be made");
	side = code->width + 2 * QUIET;
	buffer_format(&svg,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><title>",
		side * 4, side * 4, side, side);
	add_escaped(&svg, title);
	buffer_format(&svg,
		"</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side,
		side);
	for (int row = 0; row < code->width; row++)
		add_row(&svg, code, row);
	buffer_string(&svg, "\"/></svg>");
	QRcode_free(code);
	*out_svg = buffer_cstring(&svg);
	return !svg.failed || error_no_memory(error);
}
