/* SPDX-License-Identifier: MIT */
/* hearth db copy. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/command.h"
#include "people/audit_waiting.h"
#include "store/copy.h"
#include "store/vault.h"

static void print_tables(const struct copied *copied)
{
	printf("%-24s %12s  %s\n", "Table", "rows", "sum of the rows' hashes, the same in both");
	for (size_t i = 0; i < copied->count; i++) {
		const struct summed_table *table = &copied->tables[i];
		char sum[TABLE_SUM_TEXT_SIZE];

		printf("%-24s %12" PRId64 "  %.32s\n", table->name, table->sum.rows,
			table_sum_text(&table->sum, sum));
	}
	printf("\n%" PRId64 " rows of %zu tables arrived as they were.\n", copied->rows,
		copied->count);
}

static bool copy(const struct command *command, struct copied *out_copied, const char **out_key,
	struct error *error)
{
	char *const *words = command->arguments->words;
	const char *key = arguments_value(command->arguments, "key");
	bool credential;

	return vault_key_path(command->arena, words[0], key, out_key, &credential, error) &&
	       /* a server has no beside where views could wait */
	       audit_post_waiting(words[0], key, error) &&
	       store_copy(command->arena, words[0], words[1], out_copied, error);
}

int command_db_copy(struct command *command)
{
	struct copied copied;
	struct error error = {0};
	const char *key;

	if (command->arguments->word_count != 2) {
		error_set(&error, ERROR_INPUT,
			"name two records: the one there is, and where it is to be");
		return command_misused(command, &error);
	}
	if (!copy(command, &copied, &key, &error))
		return command_failed(command, &error);
	print_tables(&copied);
	command_note(command, "the record's key is the same: name it with --key %s", key);
	return STATUS_DONE;
}
