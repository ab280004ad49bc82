/* SPDX-License-Identifier: MIT */
/* What is there for the person today. Only what they may open, and only pages there are. */
#include "web/pages/home.h"

#include "people/restricted.h"
#include "web/pages/account_words.h"
#include "web/pages/home_today.h"
#include "web/part.h"
#include "web/site.h"

static void add_card(struct model *cards, struct arena *arena, const char *path, const char *words,
	int64_t number, const char *of)
{
	struct model *card = model_object(cards, NULL);

	model_string(card, "path", path);
	model_string(card, "words", words);
	model_string(card, "number", arena_format(arena, "%lld", (long long)number));
	model_string(card, "of", of);
}

/* Children allocated to the person, and those of the team beside them. */
static bool count_children(const struct visit *visit, struct arena *arena, int64_t *out_own,
	int64_t *out_team, struct error *error)
{
	struct relations relations;

	*out_own = *out_team = 0;
	if (!relations_read(visit->store, arena, &visit->session->account, 0, visit->now,
		    &relations, error))
		return false;
	for (size_t i = 0; i < relations.count; i++) {
		*out_own += relations.relations[i].allocated;
		*out_team += relations.relations[i].of_team || relations.relations[i].allocated;
	}
	return true;
}

/* Children of the authorities of the account who are looked after today. */
static int64_t count_in_care(const struct visit *visit)
{
	const struct snapshot *snapshot = visit->snapshot;
	int64_t count = 0;

	for (size_t i = 0; i < snapshot->today->count; i++)
		count += rights_authority(&visit->session->account.scope,
			snapshot_authority(snapshot, snapshot->today->child[i]));
	return count;
}

static bool add_children(
	struct model *cards, const struct visit *visit, struct arena *arena, struct error *error)
{
	enum scope scope = rights_scope(visit->rights, visit->session->account.role, "child.list");
	int64_t own, team;

	if (!visit_may(visit, "child.list"))
		return true;
	if (!count_children(visit, arena, &own, &team, error))
		return false;
	if (scope == SCOPE_OWN_CHILDREN)
		add_card(cards, arena, "/children", "My children", own, "allocated to you");
	else if (scope == SCOPE_TEAM)
		add_card(cards, arena, "/children", "My team's children", team,
			"allocated to you or to your team");
	else
		add_card(cards, arena, "/children", "Children", count_in_care(visit),
			"looked after today");
	return true;
}

static bool add_accounts(
	struct model *cards, const struct visit *visit, struct arena *arena, struct error *error)
{
	struct account *accounts;
	int64_t all = 0, fresh = 0;
	size_t count;

	if (!visit_may(visit, "user.manage"))
		return true;
	if (!account_list(visit->store, arena, &accounts, &count, error))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (accounts[i].disabled || !rights_account(visit->rights, visit->session,
						    &accounts[i].scope, "user.manage"))
			continue;
		all++;
		fresh += accounts[i].password != PASSWORD_OWN;
	}
	add_card(cards, arena, "/accounts?state=enabled", "Accounts", all, "that can sign in");
	if (fresh > 0)
		add_card(cards, arena, "/accounts?state=new", "New accounts", fresh,
			"whose people have not chosen a password yet");
	return true;
}

static bool add_reviews(
	struct model *cards, const struct visit *visit, struct arena *arena, struct error *error)
{
	struct glass *glasses;
	size_t count;

	if (!visit_may(visit, "breakglass.review"))
		return true;
	if (!glass_list(visit->store, arena, &visit->session->account.scope, false, &glasses,
		    &count, error))
		return false;
	add_card(cards, arena, "/restricted", "Records opened with a reason", (int64_t)count,
		"to be reviewed");
	return true;
}

/* Records that the person opened with a reason and can still read. */
static bool add_open_glass(
	struct model *page, const struct visit *visit, struct arena *arena, struct error *error)
{
	struct model *list = model_list(page, "open"), *one;
	struct relations relations;

	if (!visit_may(visit, "breakglass.use"))
		return true;
	if (!relations_read(visit->store, arena, &visit->session->account, 0, visit->now,
		    &relations, error))
		return false;
	for (size_t i = 0; i < relations.count; i++) {
		const struct relation *relation = &relations.relations[i];

		if (relation->glass_until <= visit->now)
			continue;
		one = model_object(list, NULL);
		model_string(one, "child", arena_format(arena, "%lld", (long long)relation->child));
		model_string(one, "until", moment_words(arena, relation->glass_until));
	}
	return true;
}

bool home_page(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	const struct account *account = &visit->session->account;
	const struct role *role = rights_role(visit->rights, account->role);
	struct arena *arena = request->arena;
	struct model *page = page_open(visit, request, "Home");
	struct model *cards = model_list(page, "cards");

	if (!add_children(cards, visit, arena, error) || !add_reviews(cards, visit, arena, error) ||
		!add_accounts(cards, visit, arena, error) ||
		!add_open_glass(page, visit, arena, error) || !add_today(page, request, error))
		return false;
	model_flag(page, "has_cards", cards && cards->first);
	model_text(page, "name", account->shown);
	model_string(page, "role", role ? role->label : "");
	model_string(page, "what", role ? role->what : "");
	model_string(page, "scope", account_scope_words(arena, account));
	model_flag(page, "advise_factor", !account->second_factor);
	model_flag(page, "may_audit", visit_may(visit, "audit.view"));
	return page_write(response, request, "home", page, 200, error);
}
