/* SPDX-License-Identifier: MIT */
/*
 * One request from its first line to its answer, whatever library reads the wire.
 *
 * The one rule: the order of the questions. Is the message one we take (guard)? Is it for this
 * site (host)? Is there such a page (route)? May this person (admit)? Does it come from our own
 * page (origin, form token)? Is its body small enough, and of the right kind? Only then the
 * handler.
 */
#ifndef HEARTH_WEB_EXCHANGE_H
#define HEARTH_WEB_EXCHANGE_H

#include "web/core.h"

struct exchange;

enum exchange_step {
	EXCHANGE_ANSWER, /* the response is ready to be sent */
	EXCHANGE_BODY,	 /* give the body to exchange_body, then call exchange_finish */
};

/* Begins with the target as it came, copied. NULL when memory ran out. */
struct exchange *exchange_open(const struct core *core, struct text target);

/* To be filled before exchange_head: the target is there, and room for GUARD_HEADERS_LIMIT headers,
 * whose texts must stay until exchange_close. */
struct message *exchange_message(struct exchange *exchange);

/* The head is whole. `client` is the address of who connected. */
enum exchange_step exchange_head(struct exchange *exchange, struct text client);

/* The next bytes of the body. What is wrong with it is answered by exchange_finish. */
void exchange_body(struct exchange *exchange, struct text bytes);

/* The body is whole: runs the handler. */
void exchange_finish(struct exchange *exchange);

/* The answer in the place of another: what the library refuses by itself. */
void exchange_refuse(struct exchange *exchange, int status, const char *words);

const struct response *exchange_response(const struct exchange *exchange);

/* The body to send: packed or not. Its length is sent for HEAD, too. */
struct text exchange_content(const struct exchange *exchange);

/* Declared bytes of a body that was not read before the answer. */
uint64_t exchange_unread(const struct exchange *exchange);

/* The bytes the body will take, as declared. */
uint64_t exchange_length(const struct exchange *exchange);

/* Writes the log line and gives everything back. `whole`: the answer was sent to its end. */
void exchange_close(struct exchange *exchange, bool whole);

#endif
