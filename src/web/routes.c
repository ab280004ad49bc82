/* SPDX-License-Identifier: MIT */
#include "web/routes.h"

#include "web/health.h"

const struct route site_routes[] = {
	ROUTE(GET, "/health", PUBLIC, health_page, "Health", API(0)),
	ROUTE(GET, "/assets/{hash}/{name...}", PUBLIC, asset_page, "Files of the program", ASSET),
};
const size_t site_route_count = sizeof site_routes / sizeof *site_routes;
