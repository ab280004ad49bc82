/* SPDX-License-Identifier: MIT */
#include "web/raw_answer.h"

#include "web/error_page.h"
#include "web/security.h"

#include <poll.h>
#include <sys/socket.h>
#include <time.h>

enum { DRAIN_MS = 2000, DRAIN_MORE_BYTES = 64 * 1024 };

static void raw_head(
	struct buffer *out, const struct response *response, size_t length, bool secure)
{
	struct response_header headers[SECURITY_HEADERS_LIMIT];
	size_t count = security_headers(response, secure, headers);
	time_t now = time(NULL);
	char date[40];
	struct tm parts;

	gmtime_r(&now, &parts);
	if (!strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts))
		date[0] = '\0';
	buffer_format(out, "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Length: %zu\r\n",
		response->status, status_title(response->status), date, length);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "%s: %s\r\n", headers[i].name, headers[i].value);
	for (size_t i = 0; i < response->header_count; i++)
		buffer_format(
			out, "%s: %s\r\n", response->headers[i].name, response->headers[i].value);
	buffer_string(out, "\r\n");
}

void raw_answer(int socket, const struct response *response, struct text content, bool secure)
{
	struct buffer out = buffer_in(response->arena);

	raw_head(&out, response, content.length, secure);
	buffer_text(&out, content);
	if (!out.failed)
		send(socket, out.data, out.length, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(socket, SHUT_WR);
}

static int64_t raw_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void raw_drain(int socket, uint64_t bytes, bool hurry)
{
	int64_t until = raw_ms() + (hurry ? DRAIN_MS / 10 : DRAIN_MS);
	char dropped[16 * 1024];

	shutdown(socket, SHUT_WR);
	bytes += DRAIN_MORE_BYTES;
	while (bytes > 0) {
		struct pollfd wanted = {.fd = socket, .events = POLLIN};
		int64_t left = until - raw_ms();
		ssize_t got;

		if (left <= 0 || poll(&wanted, 1, (int)left) <= 0)
			return;
		got = recv(socket, dropped, sizeof dropped, MSG_DONTWAIT);
		if (got <= 0)
			return;
		bytes -= (uint64_t)got < bytes ? (uint64_t)got : bytes;
	}
}
