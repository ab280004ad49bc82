/* SPDX-License-Identifier: MIT */
/* Pages every site has: routes.c puts them into its table. */
#ifndef HEARTH_WEB_HEALTH_H
#define HEARTH_WEB_HEALTH_H

#include "web/route.h"

/* Says that the program answers: {"status":"ok"}. */
bool health_page(struct request *request, struct response *response, struct error *error);

/* A file of the program: of a route "/assets/{hash}/{name...}". */
bool asset_page(struct request *request, struct response *response, struct error *error);

#endif
