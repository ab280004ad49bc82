/* SPDX-License-Identifier: MIT */
#include "store/postgres.h"

/* SQLSTATEs (appendix A of PostgreSQL's manual) by how they begin, the longest first; the record's
 * place stands between two words. */
static const struct {
	const char *state;
	enum error_code kind;
	const char *before, *after;
} faults[] = {
	{"25006", ERROR_DENIED, "", " is open to read only, or is a replica: write to the primary"},
	{"25P03", ERROR_CONFLICT, "", " ended this work because it stood still: do it again"},
	{"28", ERROR_DENIED, "",
		" does not let this user in: look to the user's name and password"},
	{"3D000", ERROR_MISSING, "there is no ", " yet: make it with createdb, then do it again"},
	{"40", ERROR_CONFLICT, "somebody else changed the same in ", ": do it again"},
	{"42501", ERROR_DENIED, "", " does not allow this user to do that: grant it the right"},
	{"53100", ERROR_STORAGE, "the disk of ",
		" is full: make room and do it again; nothing was changed"},
	{"53200", ERROR_SYSTEM, "the server of ", " has no memory left: do it again later"},
	{"53300", ERROR_SYSTEM, "too many programs are connected to ",
		": raise max_connections or put pgbouncer before it"},
	{"54", ERROR_LIMIT, "a value is too long to be kept in ", ""},
	{"22003", ERROR_LIMIT, "a number is too large to be kept in ", ""},
	{"22021", ERROR_INPUT, "a text that is not UTF-8, or has a zero byte, cannot be kept in ",
		""},
	{"55P03", ERROR_CONFLICT, "another program is writing to ",
		": wait until it has finished and do it again"},
	{"57014", ERROR_LIMIT, "a question took too long for ",
		": ask for less, or raise statement_timeout"},
	{"58", ERROR_STORAGE, "the disk of ",
		" failed: look to it and do it again; nothing was changed"},
	{"XX001", ERROR_INPUT, "", " is damaged: restore the last backup"},
	{"XX002", ERROR_INPUT, "an index of ", " is damaged: run reindexdb"},
};

bool postgres_failed(
	const struct database *database, const struct wire_fault *fault, struct error *error)
{
	const char *shown = wire_shown(database->wire);

	if (fault->lost && database->within)
		return error_set(error, ERROR_SYSTEM,
			"the server of %s went away: nothing was changed; do it again", shown);
	if (fault->lost)
		return error_set(error, ERROR_UNCERTAIN,
			"the server of %s went away while the change was being kept: it may have "
			"been kept or not; look before you do it again",
			shown);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (strncmp(faults[i].state, fault->state, strlen(faults[i].state)) == 0)
			return error_set(error, faults[i].kind, "%s%s%s", faults[i].before, shown,
				faults[i].after);
	return error_set(error, ERROR_SYSTEM, "%s failed: %.120s", shown, fault->words);
}

bool postgres_unreached(
	const struct database *database, const struct wire_fault *fault, struct error *error)
{
	const char *shown = wire_shown(database->wire);

	if (strcmp(fault->state, "28P01") == 0)
		return error_set(error, ERROR_DENIED,
			"%s asks for a password: put the right one in a password file (~/.pgpass, "
			"PGPASSFILE) or a service file",
			shown);
	return error_set(error, ERROR_SYSTEM, "%s cannot be reached: %.140s", shown, fault->words);
}
