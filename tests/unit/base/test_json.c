/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <math.h>

#include "base/json.h"

static void test_commas_and_nesting_look_after_themselves(void **state)
{
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);

	(void)state;
	json_object_open(&json);
	json_key(&json, "n");
	json_integer(&json, 3);
	json_key(&json, "rows");
	json_array_open(&json);
	json_number(&json, 0.1);
	json_number(&json, (double)NAN);
	json_string(&json, NULL);
	json_boolean(&json, true);
	json_array_open(&json);
	json_array_close(&json);
	json_array_close(&json);
	json_key(&json, "empty");
	json_object_open(&json);
	json_object_close(&json);
	json_object_close(&json);
	assert_string_equal(
		buffer_cstring(&out), "{\"n\":3,\"rows\":[0.1,null,null,true,[]],\"empty\":{}}");
	arena_close(arena);
}

static void test_text_is_escaped_and_always_utf8(void **state)
{
	struct arena *arena = arena_open();
	struct buffer out = buffer_in(arena);
	struct json json = json_in(&out);

	(void)state;
	json_text(&json, TEXT("a\"b\\c\n</script>£"));
	json_text(&json, TEXT("bad \xA3 byte"));
	assert_string_equal(buffer_cstring(&out),
		"\"a\\\"b\\\\c\\n\\u003c/script>£\",\"bad \xEF\xBF\xBD byte\"");
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commas_and_nesting_look_after_themselves),
		cmocka_unit_test(test_text_is_escaped_and_always_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
