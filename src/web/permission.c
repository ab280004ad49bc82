/* SPDX-License-Identifier: MIT */
#include "web/permission.h"

#include <stddef.h>

const char *permission_id(enum permission permission)
{
	static const char *const ids[PERMISSION_COUNT] = {
#define PERMISSION_TEXT(name, id) [PERMISSION_##name] = id,
		PERMISSIONS(PERMISSION_TEXT)
#undef PERMISSION_TEXT
	};

	return permission < PERMISSION_COUNT ? ids[permission] : NULL;
}
