/* SPDX-License-Identifier: MIT */
#include "web/cookie.h"

/* RFC 6265 section 4.1.1, cookie-octet */
static bool cookie_is_octet(char character)
{
	return character > 0x20 && character < 0x7f && character != '"' && character != ',' &&
	       character != ';' && character != '\\';
}

bool cookie_name_is_plain(struct text name)
{
	for (size_t i = 0; i < name.length; i++) {
		if (!cookie_is_octet(name.data[i]) || strchr("()<>@:/[]?={}", name.data[i]))
			return false;
	}
	return name.length > 0;
}

bool cookie_value_is_plain(struct text value)
{
	if (value.length > COOKIE_VALUE_LIMIT)
		return false;
	for (size_t i = 0; i < value.length; i++) {
		if (!cookie_is_octet(value.data[i]))
			return false;
	}
	return true;
}

struct text cookie_find(struct text header, struct text name)
{
	struct text pair, found = {0};
	bool seen = false;

	while (text_split(&header, ';', &pair)) {
		while (pair.length > 0 && pair.data[0] == ' ')
			pair = (struct text){pair.data + 1, pair.length - 1};
		if (pair.length <= name.length || pair.data[name.length] != '=' ||
			!text_equal((struct text){pair.data, name.length}, name))
			continue;
		if (seen)
			return (struct text){0};
		seen = true;
		found = (struct text){pair.data + name.length + 1, pair.length - name.length - 1};
	}
	return found.data && cookie_value_is_plain(found) ? found : (struct text){0};
}
