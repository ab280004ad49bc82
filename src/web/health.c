/* SPDX-License-Identifier: MIT */
#include "web/health.h"

#include "web/asset.h"

bool health_page(struct request *request, struct response *response, struct error *error)
{
	(void)request;
	(void)error;
	buffer_string(response_json(response, 200), "{\"status\":\"ok\"}\n");
	return true;
}

bool asset_page(struct request *request, struct response *response, struct error *error)
{
	const struct asset *asset = asset_find(request->assets, request_part(request, "name"));

	if (!asset || !text_is(request_part(request, "hash"), asset->hash))
		return error_set(error, ERROR_MISSING, "There is no such file.");
	asset_answer(asset, request, response);
	return true;
}
