/* SPDX-License-Identifier: MIT */
#include "web/security.h"

#include "web/gzip.h"

static const struct response_header security_always[] = {
	{"Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
		"frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	/* not no-referrer: it would make browsers send "Origin: null" with our own forms */
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy",
		"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
		"magnetometer=(), microphone=(), payment=(), usb=()"},
};

enum { SECURITY_ALWAYS = sizeof security_always / sizeof *security_always };

size_t security_headers(const struct response *response, bool secure,
	struct response_header out[SECURITY_HEADERS_LIMIT])
{
	size_t count = SECURITY_ALWAYS;

	memcpy(out, security_always, sizeof security_always);
	if (secure)
		out[count++] = (struct response_header){
			"Strict-Transport-Security", "max-age=63072000; includeSubDomains"};
	out[count++] = (struct response_header){
		"Cache-Control", response->cache_control ? response->cache_control : "no-store"};
	if (response->content_type)
		out[count++] = (struct response_header){"Content-Type", response->content_type};
	if (response->encoding)
		out[count++] = (struct response_header){"Content-Encoding", response->encoding};
	if (gzip_is_worth_it(response->content_type))
		out[count++] = (struct response_header){"Vary", "Accept-Encoding"};
	if (response->close)
		out[count++] = (struct response_header){"Connection", "close"};
	return count;
}
