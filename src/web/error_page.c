/* SPDX-License-Identifier: MIT */
#include "web/error_page.h"

#include "base/json.h"

int status_of_error(enum error_code code)
{
	switch (code) {
	case ERROR_INPUT:
		return 400;
	case ERROR_MISSING:
		return 404;
	case ERROR_DENIED:
		return 403;
	case ERROR_CONFLICT:
		return 409;
	case ERROR_LIMIT:
		return 413;
	case ERROR_STORAGE:
		return 507;
	case ERROR_NONE:
	case ERROR_SYSTEM:
	case ERROR_UNCERTAIN:
		return 500;
	}
	return 500;
}

static const struct status_words {
	int status;
	const char *title, *words;
} status_words[] = {
	{400, "Bad Request", "What was sent could not be read."},
	{403, "Forbidden", "You may not do that."},
	{404, "Not Found", "There is no page here."},
	{405, "Method Not Allowed", "This address does not take that kind of request."},
	{408, "Request Timeout", "The request took too long to arrive."},
	{409, "Conflict", "Somebody else changed this in the meantime."},
	{411, "Length Required", "The request must say its length."},
	{413, "Content Too Large", "What was sent is larger than is accepted here."},
	{414, "URI Too Long", "The address is too long."},
	{415, "Unsupported Media Type", "What was sent is not of a kind that is accepted here."},
	{417, "Expectation Failed", "The request expects what is not done here."},
	{421, "Misdirected Request", "This is not the site the request names."},
	{431, "Request Header Fields Too Large", "The headers of the request are too long."},
	{500, "Internal Server Error",
		"Something went wrong with the program, not with what you did. Nothing was "
		"changed."},
	{503, "Service Unavailable", "The program cannot answer just now. Please try again."},
	{507, "Insufficient Storage",
		"The disk that holds the record is full or fails, so this could not be kept, and "
		"what has to be noted in the log before it is shown cannot be shown. Nothing was "
		"changed. As soon as there is room again, it works again."},
	{505, "HTTP Version Not Supported", "The request is of a version that is not spoken here."},
};

const char *const uncertain_words =
	"The disk that holds the record is full or fails, and did so while your change was being "
	"kept: it may have been kept or not. Look whether it is there before you do it again.";

static const struct status_words *status_find(int status)
{
	for (size_t i = 0; i < sizeof status_words / sizeof *status_words; i++) {
		if (status_words[i].status == status)
			return &status_words[i];
	}
	return &status_words[0];
}

const char *status_title(int status)
{
	return status_find(status)->title;
}

static void error_problem(
	const struct request *request, struct response *response, int status, const char *words)
{
	struct json json = json_in(response_json(response, status));

	json_object_open(&json);
	json_key(&json, "type");
	json_string(&json, "about:blank");
	json_key(&json, "title");
	json_string(&json, status_title(status));
	json_key(&json, "status");
	json_integer(&json, status);
	json_key(&json, "detail");
	json_string(&json, words);
	json_key(&json, "reference");
	json_string(&json, request->id);
	json_object_close(&json);
	buffer_char(json.out, '\n');
}

static bool error_is_for_a_program(const struct request *request)
{
	struct text path = request->target.path;

	if (request->route)
		return request->route->kind == ROUTE_API;
	return path.length > 5 && memcmp(path.data, "/api/", 5) == 0;
}

void error_page(const struct site *site, const struct request *request, struct response *response,
	int status, const char *words)
{
	if (!words)
		words = status_find(status)->words;
	if (error_is_for_a_program(request)) {
		error_problem(request, response, status, words);
		return;
	}
	if (site->error_page && site->error_page(site->context, request, response, status, words) &&
		response->status == status && !response->failed && !response->body.failed)
		return;
	buffer_format(response_plain(response, status), "%d %s\n\n%s\n\nReference: %s\n", status,
		status_title(status), words, request->id);
}
