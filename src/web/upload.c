/* SPDX-License-Identifier: MIT */
#include "web/upload.h"

#include "web/form_token.h"
#include "web/multipart.h"

#include <time.h>

struct upload_form {
	struct request *request;
	struct multipart *multipart;
	struct upload file;
	size_t files;
	bool trusted;
	bool in_field;
	struct text name; /* of the field that is being read */
	struct buffer value;
	size_t field_bytes;
};

/* The field that was being read is whole. */
static bool upload_end_field(struct upload_form *form, struct error *error)
{
	struct request *request = form->request;
	struct text value = {form->value.data ? form->value.data : "", form->value.length};

	if (!form->in_field)
		return true;
	form->in_field = false;
	if (form->value.failed)
		return error_no_memory(error);
	if (text_is(form->name, "csrf") &&
		form_token_is_good(request->secret, request->session, time(NULL), value))
		form->trusted = true;
	return fields_add(request->arena, &request->form, form->name, value, error);
}

static bool upload_count(struct upload_form *form, size_t bytes, struct error *error)
{
	form->field_bytes += bytes;
	if (form->field_bytes > UPLOAD_FIELDS_LIMIT)
		return error_set(error, ERROR_LIMIT, "the fields of the form are too long");
	return true;
}

static bool upload_begin_field(
	struct upload_form *form, const struct multipart_part *part, struct error *error)
{
	struct arena *arena = form->request->arena;

	form->in_field = true;
	form->name.data = arena_copy(arena, part->name.data, part->name.length);
	form->name.length = part->name.length;
	form->value = buffer_in(arena);
	if (!form->name.data)
		return error_no_memory(error);
	return upload_count(form, part->name.length, error);
}

static bool upload_begin_file(
	struct upload_form *form, const struct multipart_part *part, struct error *error)
{
	if (!form->trusted)
		return error_set(error, ERROR_DENIED,
			"This form is no longer good: please go back, load the page again and send "
			"it once more.");
	form->file = (struct upload){
		.name = part->name,
		.file_name = part->file_name,
		.type = part->type,
		.index = form->files++,
		.begins = true,
	};
	return form->request->route->take(form->request, &form->file, TEXT(""), error);
}

static bool upload_take(
	void *context, const struct multipart_part *part, struct text piece, struct error *error)
{
	struct upload_form *form = context;
	bool is_file = part->file_name.data != NULL;

	if (!piece.data) {
		if (!upload_end_field(form, error))
			return false;
		return is_file ? upload_begin_file(form, part, error)
			       : upload_begin_field(form, part, error);
	}
	if (is_file) {
		form->file.begins = false;
		return form->request->route->take(form->request, &form->file, piece, error);
	}
	if (!upload_count(form, piece.length, error))
		return false;
	buffer_text(&form->value, piece);
	return true;
}

struct upload_form *upload_form_open(struct request *request, bool trusted, struct error *error)
{
	struct upload_form *form = arena_take(request->arena, 1, sizeof *form);
	struct text type = request_header(request, "Content-Type");

	if (!form) {
		error_no_memory(error);
		return NULL;
	}
	form->request = request;
	form->trusted = trusted || request->by_key;
	if (!multipart_open(request->arena, type, upload_take, form, &form->multipart, error))
		return NULL;
	return form;
}

bool upload_form_read(struct upload_form *form, struct text bytes, struct error *error)
{
	return multipart_read(form->multipart, bytes, error);
}

bool upload_form_end(struct upload_form *form, struct error *error)
{
	if (!multipart_end(form->multipart, error) || !upload_end_field(form, error))
		return false;
	if (!form->trusted)
		return error_set(error, ERROR_DENIED,
			"This form is no longer good: please go back, load the page again and send "
			"it once more.");
	return true;
}
