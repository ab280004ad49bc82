/* SPDX-License-Identifier: MIT */
#include "store/watch.h"

#include <fcntl.h>
#include <unistd.h>

#include "store/place.h"

/* The file change counter of SQLite's file format, section 1.3.8: big-endian, increased by every
 * transaction that changes something, before it counts as committed. */
enum { COUNTER_AT = 24, COUNTER_BYTES = 4 };

void watch_open(struct watch *watch, const char *place)
{
	watch->file = place_is_file(place) ? open(place, O_RDONLY | O_CLOEXEC) : -1;
}

void watch_close(struct watch *watch)
{
	if (watch->file >= 0)
		close(watch->file);
	watch->file = -1;
}

bool watch_look(const struct watch *watch, int64_t *out_number)
{
	unsigned char bytes[COUNTER_BYTES];

	if (watch->file < 0 || pread(watch->file, bytes, sizeof bytes, COUNTER_AT) != COUNTER_BYTES)
		return false;
	*out_number = 0;
	for (int i = 0; i < COUNTER_BYTES; i++)
		*out_number = *out_number << 8 | bytes[i];
	return true;
}
