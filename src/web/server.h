/* SPDX-License-Identifier: MIT */
/*
 * The site on the network: from a socket to the handlers of its routes and back.
 *
 * The one rule: nothing is shared between requests but what is const and what the site's own
 * functions lock; every function of the site may be called by many threads at once.
 */
#ifndef HEARTH_WEB_SERVER_H
#define HEARTH_WEB_SERVER_H

#include "base/embedded.h"
#include "web/request.h"
#include "web/response.h"

/*
 * Who is asking, and may they? Called for every request with a route but ROUTE_ASSET, before the
 * body is read. Sets request->who and request->session. True: the handler may run. False with
 * response->status set: that is the answer (such as a redirect to the sign-in page). False without:
 * the error is answered, ERROR_DENIED as 403, ERROR_MISSING as 404.
 * A site without `admit` serves PERMISSION_PUBLIC only.
 */
typedef bool site_admit(
	void *context, struct request *request, struct response *response, struct error *error);

/* Writes the HTML page that says what went wrong, into response_html(response, status). `words` is
 * for the person who reads it. False: the server's own plain page is sent. */
typedef bool site_error_page(void *context, const struct request *request,
	struct response *response, int status, const char *words);

/* Called when the handler has come back, whatever it says: waits for what must have happened before
 * the answer may leave. False: the answer is dropped, the error goes to the log, and 503 is sent.
 */
typedef bool site_settle(void *context, struct request *request, struct error *error);

/* Takes back what `admit` lent to request->who, as soon as the answer is ready to be sent. */
typedef void site_done(void *context, struct request *request);

struct site {
	const struct route *routes;
	size_t route_count;
	const struct embedded_file
		*assets; /* sorted by path; served below /assets/ and nothing else is */
	size_t asset_count;
	const char *asset_prefix; /* of their paths, left out of the address: "built/" */
	void *context;
	site_admit *admit;
	site_settle *settle; /* may be NULL */
	site_error_page *error_page;
	site_done *done; /* may be NULL */
};

struct web_options {
	const char *listen; /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/hearth.sock"; NULL: the
			       socket of LISTEN_FDS, else 127.0.0.1:8080. Port 0: any free one */
	const char *origin; /* what people type, "https://hearth.example"; https makes cookies
			       Secure and says HSTS. NULL: http on this machine's loopback names */
	bool trust_proxy;   /* believe X-Forwarded-For; only of a Unix socket, and needs `origin` */
	const unsigned char
		*secret;      /* CRYPTO_KEY_BYTES for form tokens; NULL: new at every start */
	int log;	      /* descriptor of the log; 0: standard error; -1: none */
	unsigned connections; /* at once; 0: 200 */
	unsigned connections_per_address; /* 0: no limit (a proxy in front is one address) */
	unsigned head_seconds;		  /* for the head of a first request; 0: 10 */
	unsigned idle_seconds;		  /* between requests of a connection; 0: 60 */
	unsigned body_seconds; /* for a body or an answer to pass, and one more for every 16 KiB; 0:
				  30 */
	unsigned stop_seconds; /* for requests in flight when stopping; 0: 20 */
};

struct web_server;

/* Listens and serves until web_server_close. ERROR_INPUT for options or routes that are wrong,
 * ERROR_CONFLICT when the address is taken. SIGTERM and SIGINT should be blocked by the caller. */
bool web_server_open(const struct web_options *options, const struct site *site,
	struct web_server **out_server, struct error *error) MUST_CHECK;

/* Where it listens: "http://127.0.0.1:40123", "unix:/run/hearth.sock". */
const char *web_server_address(const struct web_server *server);

/* Ends slow connections until SIGTERM or SIGINT comes. */
void web_server_wait(struct web_server *server);

/* Stops listening, lets requests in flight end (stop_seconds at most), gives everything back.
 * Accepts NULL. */
void web_server_close(struct web_server *server);

/* The three together, with a line to standard error once it listens. */
bool web_serve(
	const struct web_options *options, const struct site *site, struct error *error) MUST_CHECK;

#endif
