/* SPDX-License-Identifier: MIT */
/* Reading the whole log from its first row, against heads that were kept elsewhere. */
#include "web/pages/audit.h"
#include "web/part.h"
#include "web/site.h"

enum { STATUS_FORM_WRONG = 422 };

static const struct part_field heads_field = {
	.name = "heads",
	.label = "Heads of the log that were kept elsewhere (optional)",
	.hint = "One a line, as this page or “hearth audit heads” gave them. With them, a log that "
		"was "
		"cut off or written anew is found out too.",
	.rows = "4",
};

static bool show(struct request *request, struct response *response, struct model *page,
	struct text heads, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct buffer line = buffer_in(request->arena);
	struct audit_head head;

	if (!audit_head(visit->store, &head, error))
		return false;
	if (head.sequence > 0) {
		audit_head_write(&head, &line);
		model_string(page, "head", buffer_cstring(&line));
		model_string(page, "head_at", moment_words(request->arena, head.at));
	}
	part_field(page, &heads_field, heads);
	return page_write(response, request, "audit_verify", page,
		page_has_faults(page) ? STATUS_FORM_WRONG : 200, error);
}

bool audit_verify_page(struct request *request, struct response *response, struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "Verify the log");

	return show(request, response, page, TEXT(""), error);
}

bool audit_verify_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Verify the log");
	struct text lines = fields_get(&request->form, "heads");
	struct audit_verdict verdict;
	struct audit_heads heads = {0};
	struct error wrong = {0};
	bool given = text_trim(lines).length > 0;

	if (given && !audit_heads_read(request->arena, lines, &heads, &wrong)) {
		page_fault(page, "heads", arena_string(request->arena, wrong.message));
		return show(request, response, page, lines, error);
	}
	if (!audit_verify(visit->store, given ? &heads : NULL, &verdict, error))
		return false;
	if (verdict.whole)
		part_banner(page, true, "The log is whole",
			arena_format(request->arena, "%lld entries were read.",
				(long long)verdict.entries));
	else
		part_banner(page, false, "The log is NOT whole",
			arena_format(request->arena,
				"Entry %lld: %s. Keep the record as it is and tell the people who "
				"look after Hearth.",
				(long long)verdict.first_bad, verdict.reason));
	return show(request, response, page, lines, error);
}
