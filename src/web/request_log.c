/* SPDX-License-Identifier: MIT */
#include "web/request_log.h"

#include "base/json.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void log_time(struct json *json)
{
	char seconds[24], text[32];
	struct timespec now;
	struct tm parts;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	if (!strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts))
		seconds[0] = '\0';
	snprintf(text, sizeof text, "%s.%03uZ", seconds, (unsigned)(now.tv_nsec / 1000000) % 1000);
	json_key(json, "time");
	json_string(json, text);
}

void request_log(int descriptor, struct arena *arena, const struct log_line *line)
{
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);

	if (descriptor < 0)
		return;
	json_object_open(&json);
	log_time(&json);
	json_key(&json, "method");
	json_string(&json, line->method);
	json_key(&json, "route");
	json_string(&json, line->route);
	json_key(&json, "status");
	json_integer(&json, line->status);
	json_key(&json, "ms");
	json_number(&json, (double)(line->microseconds / 10) / 100);
	json_key(&json, "bytes");
	json_integer(&json, (int64_t)line->bytes);
	json_key(&json, "request");
	json_string(&json, line->id);
	if (line->cut) {
		json_key(&json, "cut");
		json_boolean(&json, true);
	}
	if (line->error) {
		json_key(&json, "error");
		json_string(&json, line->error->message);
	}
	json_object_close(&json);
	buffer_char(&out, '\n');
	if (!out.failed && write(descriptor, out.data, out.length) < 0)
		return;
}
