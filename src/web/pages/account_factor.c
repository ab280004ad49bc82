/* SPDX-License-Identifier: MIT */
/* Setting up the second factor: a picture for the app, a code to show that it works, recovery codes
 * shown once. */
#include "people/second_factor.h"
#include "web/pages/account.h"
#include "web/pages/asking.h"
#include "web/part.h"

enum { STATUS_FORM_WRONG = 422, GROUP = 4 };

static const struct part_field code_field = {
	.name = "code",
	.label = "The code that the app shows now",
	.hint = "6 digits",
	.autocomplete = "one-time-code",
	.inputmode = "numeric",
	.width = "10",
	.plain = true,
};

/* In groups, which are easier to type. */
static const char *grouped(struct arena *arena, const char *text)
{
	struct buffer groups = buffer_in(arena);

	for (size_t i = 0; text[i]; i++) {
		if (i > 0 && i % GROUP == 0)
			buffer_char(&groups, ' ');
		buffer_char(&groups, text[i]);
	}
	return buffer_cstring(&groups);
}

static bool show_offer(
	struct request *request, struct response *response, const char *fault, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct model *page = page_open(visit, request, "Set up the second factor");
	struct factor_offer offer;

	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			factor_offer(visit->store, request->arena, &visit->session->account,
				&visit->actor, &offer, error),
			error))
		return false;
	if (fault)
		page_fault(page, "code", fault);
	part_field(page, &code_field, TEXT(""));
	model_markup(page, "picture", text_of(offer.picture));
	model_string(page, "secret", grouped(request->arena, offer.text));
	model_flag(page, "second_factor", visit->session->account.second_factor);
	return page_write(
		response, request, "account_factor", page, fault ? STATUS_FORM_WRONG : 200, error);
}

bool account_factor_page(struct request *request, struct response *response, struct error *error)
{
	if (!asking_is_proved(visit_of(request), request, response, "/account/second-factor"))
		return true;
	return show_offer(request, response, NULL, error);
}

static bool show_codes(struct request *request, struct response *response,
	char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE], struct error *error)
{
	struct model *page = page_open(visit_of(request), request, "Keep your recovery codes");
	struct model *list = model_list(page, "codes");

	part_banner(page, true, "The second factor is set up", NULL);
	for (int i = 0; i < RECOVERY_CODES; i++)
		model_string(list, NULL, codes[i]);
	return page_write(response, request, "account_codes", page, 200, error);
}

bool account_factor_take(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);
	struct text code = text_trim(fields_get(&request->form, "code"));
	char codes[RECOVERY_CODES][RECOVERY_CODE_SIZE];
	bool right = false;

	if (!asking_is_proved(visit, request, response, "/account/second-factor"))
		return true;
	if (code.length == 0)
		return show_offer(request, response, "Enter the code that the app shows", error);
	if (!store_begin(visit->store, error) ||
		!store_end(visit->store,
			factor_confirm(visit->store, &visit->actor, visit->session->account.id,
				code, &right, codes, error),
			error))
		return false;
	if (!right)
		return show_offer(request, response,
			"The code is not right: check that the clock of your telephone is right, "
			"and enter the code it shows now",
			error);
	return show_codes(request, response, codes, error);
}

bool account_factor_remove(struct request *request, struct response *response, struct error *error)
{
	const struct visit *visit = visit_of(request);

	if (!asking_is_proved(visit, request, response, "/account/second-factor"))
		return true;
	if (!store_begin(visit->store, error) || !store_end(visit->store,
							 factor_forget(visit->store, &visit->actor,
								 visit->session->account.id, error),
							 error))
		return false;
	response_redirect(response, "/account?done=factor");
	return true;
}
