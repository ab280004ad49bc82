/* SPDX-License-Identifier: MIT */
/* Answers written to a socket by hand, for what is no request that the library would answer. */
#ifndef HEARTH_WEB_RAW_ANSWER_H
#define HEARTH_WEB_RAW_ANSWER_H

#include "web/response.h"

/* Sends the answer, with all the headers every answer has, and closes the way out. */
void raw_answer(int socket, const struct response *response, struct text content, bool secure);

/* Closes the way out and drops what still comes, `bytes` at most and for two seconds at most, so
 * that the answer arrives before the connection is reset. `hurry`: a tenth of that. */
void raw_drain(int socket, uint64_t bytes, bool hurry);

#endif
