/* SPDX-License-Identifier: MIT */
/* hearth serve: the record in a browser, until the program is told to stop. */
#include <malloc.h>
#include <stdio.h>

#include "base/crypto.h"
#include "cli/command.h"
#include "cli/demonstration.h"
#include "web/routes.h"
#include "web/site.h"

enum { MEMORY_KEPT = 1 << 20, MEMORY_HEAPS = 8 };

/* The site map, as the program has it: what the tests of rights go through. */
static int print_routes(void)
{
	static const char *const kinds[] = {
		[ROUTE_PAGE] = "page",
		[ROUTE_FORM] = "form",
		[ROUTE_UPLOAD] = "upload",
		[ROUTE_API] = "api",
		[ROUTE_DOWNLOAD] = "download",
		[ROUTE_ASSET] = "asset",
	};

	puts("method,path,permission,kind");
	for (size_t i = 0; i < site_route_count; i++) {
		const struct route *route = &site_routes[i];

		printf("%s,%s,%s,%s\n", web_method_name(route->method), route->path,
			permission_id(route->permission), kinds[route->kind]);
	}
	return STATUS_DONE;
}

static bool fits(const struct command *command, struct error *error)
{
	struct store *store = NULL;
	bool done = command_store(command, DATABASE_WRITE, &store, error) &&
		    demonstration_fits(store, command->arena,
			    arguments_has(command->arguments, "demonstration"), error);

	store_close(store);
	return done;
}

/* Every request takes and gives back its memory whole: what one gave back is the next one's, and
 * not the system's in between. */
static void keep_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
	mallopt(M_ARENA_MAX, MEMORY_HEAPS);
}

static bool serve(const struct command *command, const char *place, struct error *error)
{
	const struct arguments *arguments = command->arguments;
	struct site_options options = {
		.place = place,
		.key_file = arguments_value(arguments, "key"),
		.data = arguments_value(arguments, "data"),
		.framework = arguments_value(arguments, "framework"),
		.templates = arguments_value(arguments, "templates"),
		.demonstration = arguments_has(arguments, "demonstration"),
	};
	struct web_options web = {
		.listen = arguments_value(arguments, "listen"),
		.origin = arguments_value(arguments, "origin"),
		.trust_proxy = arguments_has(arguments, "behind-proxy"),
	};
	unsigned char secret[CRYPTO_KEY_BYTES];
	struct site_state *state = NULL;
	struct site site;
	bool done;

	keep_memory();
	if (!fits(command, error) || !site_open(&state, &options, error))
		return false;
	site = site_of(state);
	web.secret = secret;
	done = site_secret(state, secret, error) && web_serve(&web, &site, error);
	crypto_wipe(secret, sizeof secret);
	site_close(state);
	return done;
}

int command_serve(struct command *command)
{
	const char *place;
	struct error error = {0};

	if (command->arguments->word_count > 0) {
		error_set(&error, ERROR_INPUT,
			"serve takes no '%.60s': name the address with --listen",
			command->arguments->words[0]);
		return command_misused(command, &error);
	}
	if (arguments_has(command->arguments, "routes"))
		return print_routes();
	if (!command_place(command, &place, &error) || !serve(command, place, &error))
		return command_failed(command, &error);
	return STATUS_DONE;
}
