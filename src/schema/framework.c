/* SPDX-License-Identifier: MIT */
#include "schema/framework.h"

int framework_domain(const struct framework *framework, struct text key)
{
	for (size_t i = 0; i < framework->domain_count; i++)
		if (text_is(key, framework->domains[i].key))
			return (int)i;
	return -1;
}
