/* SPDX-License-Identifier: MIT */
/* Records that were opened with a reason, for somebody else to look into. */
#include "web/pages/restricted.h"

#include "people/restricted.h"
#include "web/part.h"
#include "web/site.h"

enum { FINDING_LONGEST = 500 };

static void add_glass(struct model *list, const struct visit *visit, struct arena *arena,
	const struct glass *glass)
{
	struct model *one = model_object(list, NULL);

	model_string(one, "id", arena_format(arena, "%lld", (long long)glass->id));
	model_string(one, "child", arena_format(arena, "%lld", (long long)glass->child));
	model_text(one, "who", glass->shown);
	model_text(one, "authority", glass->authority);
	model_text(one, "reason", glass->reason);
	model_string(one, "from", moment_words(arena, glass->from));
	model_string(one, "until", moment_words(arena, glass->until));
	model_flag(one, "open_now", glass->until > visit->now);
	model_flag(one, "reviewed", glass->reviewed_at != 0);
	model_string(one, "reviewed_at", moment_words(arena, glass->reviewed_at));
	model_text(one, "reviewed_by", glass->reviewed_by);
	model_text(one, "finding", glass->finding);
	model_flag(one, "own", glass->account == visit->session->account.id);
}

static void say_what_was_done(struct model *page, struct text done)
{
	if (text_is(done, "reviewed"))
		part_banner(page, true, "Your review was kept", NULL);
	if (text_is(done, "empty"))
		part_banner(page, false, "Nothing was kept",
			"Say what you found before you press the button.");
	if (text_is(done, "conflict"))
		part_banner(page, false, "Somebody else reviewed it in the meantime", NULL);
}

/* A reason tells of a child: whoever reads it has seen something of theirs. */
static bool note_seen(
	const struct visit *visit, const struct glass *glasses, size_t count, struct error *error)
{
	bool done = true;

	if (count == 0)
		return true;
	if (!store_begin(visit->store, error))
		return false;
	for (size_t i = 0; done && i < count; i++) {
		struct audit_row row = {
			.act = TEXT("child.view"),
			.child = glasses[i].child,
			.authority = glasses[i].authority,
			.fields = TEXT("break-glass"),
			.about = TEXT("review"),
		};

		done = audit_append(visit->store, &visit->actor, &row, error);
	}
	return store_end(visit->store, done, error);
}

bool restricted_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Records opened with a reason"), *list;
	bool all = fields_count(&request->query, "all") > 0;
	struct glass *glasses;
	size_t count;

	if (!glass_list(visit->store, request->arena, &visit->session->account.scope, all, &glasses,
		    &count, error) ||
		!note_seen(visit, glasses, count, error))
		return false;
	say_what_was_done(page, fields_get(&request->query, "done"));
	model_flag(page, "all", all);
	list = model_list(page, "glasses");
	for (size_t i = 0; i < count; i++)
		add_glass(list, visit, request->arena, &glasses[i]);
	return page_write(response, request, "restricted", page, 200, error);
}

bool restricted_review_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text finding = text_trim(fields_get(&request->form, "finding"));
	int64_t glass;

	if (!request_part_integer(request, "glass", &glass))
		return error_set(error, ERROR_MISSING, "there is no such record in the queue");
	if (finding.length == 0 || finding.length > FINDING_LONGEST) {
		response_redirect(response, "/restricted?done=empty");
		return true;
	}
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			glass_review(visit->store, visit->rights, visit->session, &visit->actor,
				glass, finding, error),
			error)) {
		response_redirect(response, "/restricted?done=conflict");
		return error->code == ERROR_CONFLICT;
	}
	response_redirect(response, "/restricted?done=reviewed");
	return true;
}
