/* SPDX-License-Identifier: MIT */
#include "parts.h"

#include "web/multipart.h"

/* What came out, written down: "[name|file name|type]" and the bytes. */
struct heard {
	struct buffer out;
	bool refuse;
};

static bool hear(
	void *context, const struct multipart_part *part, struct text piece, struct error *error)
{
	struct heard *heard = context;

	if (heard->refuse)
		return error_set(error, ERROR_DENIED, "no");
	if (piece.data) {
		buffer_text(&heard->out, piece);
		return true;
	}
	buffer_char(&heard->out, '[');
	buffer_text(&heard->out, part->name);
	buffer_char(&heard->out, '|');
	buffer_text(&heard->out, part->file_name.data ? part->file_name : TEXT("-"));
	buffer_char(&heard->out, '|');
	buffer_text(&heard->out, part->type);
	buffer_char(&heard->out, ']');
	return true;
}

/* Reads the body in pieces of `step` bytes. NULL when it was refused. */
static const char *read_body(struct arena *arena, const char *body, size_t step)
{
	struct heard heard = {.out = buffer_in(arena)};
	struct multipart *multipart;
	struct error error = {0};
	struct text rest = text_of(body);

	assert_true(multipart_open(arena, TEXT("multipart/form-data; boundary=XyZ"), hear, &heard,
		&multipart, &error));
	while (rest.length > 0) {
		size_t length = rest.length < step ? rest.length : step;

		if (!multipart_read(multipart, (struct text){rest.data, length}, &error))
			return NULL;
		rest = (struct text){rest.data + length, rest.length - length};
	}
	return multipart_end(multipart, &error) ? buffer_cstring(&heard.out) : NULL;
}

#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"

static void test_parts_are_the_same_however_they_are_cut(void **state)
{
	static const char body[] = "--XyZ\r\n" FIELD(
		"a") "\r\nvalue\r\n"
		     "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; "
		     "filename=\"C:\\x\\y.csv\"\r\n"
		     "Content-Type: text/csv\r\n\r\n\r\r\n-\r\n--\r\n--X\r\n--Xyz\r\n--XyY\r\n\r\n"
		     "--XyZ\r\n" FIELD("empty") "\r\n\r\n"
						"--XyZ--\r\nwhatever";

	for (size_t step = 1; step < sizeof body; step++) {
		const char *heard = read_body(*state, body, step);

		assert_non_null(heard);
		assert_string_equal(heard, "[a|-|]value[f|y.csv|text/csv]\r\r\n-\r\n--\r\n--X\r\n"
					   "--Xyz\r\n--XyY\r\n[empty|-|]");
	}
}

static void test_damaged_bodies_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"x",
		"--XyZ",
		"--XyZ--\r\n",
		"\r\n--XyZ\r\n" FIELD("a") "\r\nb\r\n--XyZ--\r\n",
		"--XyZ\r\n" FIELD("a") "\r\nb\r\n",
		"--XyZ\r\n" FIELD("a") "\r\nb\r\n--XyZ\r\n",
		"--XyZ\r\n" FIELD("a") "\r\nb\r\n--XyZ-x",
		"--XyZ\r\n" FIELD("a") "\r\nb\r\n--XyZ1\r\n\r\n",
		"--XyZ\n" FIELD("a") "\r\nb\r\n--XyZ--",
		"--XyZ\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\n" FIELD("") "\r\nb\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\n" FIELD("a") FIELD("b") "\r\nb\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\nno colon\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\n" FIELD("a") "X: \x01\r\n\r\nb\r\n--XyZ--",
		"--XyZ\r\n" FIELD("a") "Content-Transfer-Encoding: 8bit\r\n\r\nb\r\n--XyZ--",
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		if (read_body(*state, wrong[i], 1000) || read_body(*state, wrong[i], 1))
			fail_msg("%s was taken", wrong[i]);
	}
}

static void test_what_is_no_form_is_refused(void **state)
{
	static const char *const wrong[] = {"", "text/plain", "multipart/form-data",
		"multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b\"",
		"multipart/form-data; boundary=\"a", "multipart/mixed; boundary=a"};
	char longest[200] = "multipart/form-data; boundary=";
	struct multipart *multipart;
	struct error error;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(
			multipart_open(*state, text_of(wrong[i]), hear, NULL, &multipart, &error));
	assert_true(multipart_open(*state, TEXT("Multipart/Form-Data;charset=x; BOUNDARY=\"a'b\""),
		hear, NULL, &multipart, &error));
	memset(longest + strlen(longest), 'a', MULTIPART_BOUNDARY_LIMIT + 1);
	assert_false(multipart_open(*state, text_of(longest), hear, NULL, &multipart, &error));
	longest[strlen(longest) - 1] = '\0';
	assert_true(multipart_open(*state, text_of(longest), hear, NULL, &multipart, &error));
}

static void test_what_the_taker_says_ends_it(void **state)
{
	struct heard heard = {.out = buffer_in(*state), .refuse = true};
	struct multipart *multipart;
	struct error error;

	assert_true(multipart_open(*state, TEXT("multipart/form-data; boundary=XyZ"), hear, &heard,
		&multipart, &error));
	assert_false(multipart_read(multipart, TEXT("--XyZ\r\n" FIELD("a") "\r\nb"), &error));
	assert_int_equal(error.code, ERROR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		parts_test(test_parts_are_the_same_however_they_are_cut),
		parts_test(test_damaged_bodies_are_refused),
		parts_test(test_what_is_no_form_is_refused),
		parts_test(test_what_the_taker_says_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
