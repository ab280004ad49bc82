/* SPDX-License-Identifier: MIT */
/* What all requests of a server share: const once it serves, but for the one atomic. */
#ifndef HEARTH_WEB_CORE_H
#define HEARTH_WEB_CORE_H

#include <stdatomic.h>

#include "base/crypto.h"
#include "web/asset.h"
#include "web/server.h"

struct core {
	const struct site *site;
	const char *origin; /* as configured; NULL: loopback names */
	bool secure;
	bool trust_proxy; /* already only true on a Unix socket */
	int log;
	unsigned char secret[CRYPTO_KEY_BYTES];
	struct assets assets;
	atomic_bool stopping; /* answers end their connections from now on */
};

#endif
