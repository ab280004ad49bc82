/* SPDX-License-Identifier: MIT */
/* JSON as far as files of cases use it, straight into a model. */
#ifndef HEARTH_TESTS_JSON_MODEL_H
#define HEARTH_TESTS_JSON_MODEL_H

#include "view/model.h"

/* Adds what stands at `json` to an object under `key`; null is nothing, numbers are texts. */
void json_model(struct arena *arena, const char *json, struct model *parent, const char *key);

/* The text of a member, empty when there is none. */
struct text json_model_text(const struct model *object, const char *key);

#endif
