/* SPDX-License-Identifier: MIT */
#include "demo/rows.h"

#include <errno.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/file.h"

enum { BUFFER_BYTES = 1 << 16, FIRST_YEAR = 1990, LAST_YEAR = 2099 };

struct table_file {
	const char *name;
	const char *header;
};

static const struct table_file return_files[RETURN_TABLES] = {
	[RETURN_HEADER] = {"header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"},
	[RETURN_EPISODES] = {"episodes.csv",
		"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
		"HOME_POST,PL_POST,URN\n"},
	[RETURN_REVIEWS] = {"reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE\n"},
	[RETURN_UASC] = {"uasc.csv", "CHILD,SEX,DOB,DUC\n"},
	[RETURN_OC2] = {"oc2.csv",
		"CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
		"HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED\n"},
	[RETURN_OC3] = {"oc3.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"},
	[RETURN_AD1] = {"ad1.csv",
		"CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"},
	[RETURN_PLACED_ADOPTION] = {"placed_adoption.csv",
		"CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"},
	[RETURN_PREVIOUS_PERMANENCE] = {"previous_permanence.csv",
		"CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\n"},
	[RETURN_MISSING] = {"missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END\n"},
	[RETURN_SW_EPISODES] = {"sw_episodes.csv", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\n"},
};

#define DOMAIN_KEYS                                                                                \
	"emotional_health,managing_emotions,attachments,family_relationships,education,"           \
	"life_story,identity,expressing,safe_decisions,community,self_care,physical_health,"       \
	"learning"

static const struct table_file native_files[NATIVE_TABLES] = {
	[NATIVE_CHILDREN] = {"children.csv",
		"child_id,authority,sex,date_of_birth,ethnicity,disability,ehcp,excluded,uasc\n"},
	[NATIVE_ASSESSMENTS] = {"assessments.csv",
		"child_id,assessed_on,reason,assessor," DOMAIN_KEYS ",framework\n"},
	[NATIVE_COSTS] = {"costs.csv", "child_id,from,to,weekly_cost,element,paid_by\n"},
	[NATIVE_HOMES] = {"homes.csv", "home_id,provider_id,kind,name,urn,capacity,vacancies,"
				       "available_from,min_age,max_age,"
				       "sexes,sibling_places,solo,easting,northing,weekly_price,"
				       "accessible,languages,faiths,"
				       "pets,ofsted_grade," DOMAIN_KEYS "\n"},
	[NATIVE_PROVIDERS] = {"providers.csv", "provider_id,name,sector,urn,company_number\n"},
	[NATIVE_ENQUIRIES] = {"carer_enquiries.csv",
		"enquiry_id,stage,entered,left,outcome,outcome_reason,huddle_on,huddle_note\n"},
};

static void files_fail(struct files *files, const char *path)
{
	if (!files->failed)
		error_system(files->error, errno, "%s could not be written", path);
	files->failed = true;
}

static FILE *files_make(struct files *files, const char *path, const char *header)
{
	FILE *file = fopen(path, "we");

	if (!file || setvbuf(file, NULL, _IOFBF, BUFFER_BYTES) != 0 || fputs(header, file) == EOF)
		files_fail(files, path);
	return file;
}

static void row_write(struct files *files, struct row *row, FILE *file, const char *name)
{
	row->bytes[row->length - 1] = '\n';
	if (file && fwrite(row->bytes, 1, row->length, file) != row->length)
		files_fail(files, name);
	row->length = 0;
}

static void return_path(
	char path[PATH_SIZE], const struct cast *cast, size_t authority, int year, const char *name)
{
	struct text folder = cast->parameters->authorities[authority].folder;

	snprintf(path, PATH_SIZE, "%s/%.*s/%d%s%s", cast->options.folder, (int)folder.length,
		folder.data, year, *name ? "/" : "", name);
}

void files_return(
	struct files *files, struct row *row, size_t authority, int year, enum return_table table)
{
	FILE **file = &files->returns[authority][files->last_year - year][table];
	char path[PATH_SIZE];

	if (!*file && !files->failed) {
		return_path(path, files->cast, authority, year, "");
		if (file_make_folder(path, files->failed ? NULL : files->error)) {
			return_path(path, files->cast, authority, year, return_files[table].name);
			*file = files_make(files, path, return_files[table].header);
		} else {
			files->failed = true;
		}
	}
	row_write(files, row, *file, return_files[table].name);
}

void files_native(struct files *files, struct row *row, enum native_table table)
{
	FILE **file = &files->native[table];
	char path[PATH_SIZE];

	if (!*file && !files->failed) {
		snprintf(path, sizeof path, "%s/%s", files->cast->options.folder,
			native_files[table].name);
		*file = files_make(files, path, native_files[table].header);
	}
	row_write(files, row, *file, native_files[table].name);
}

static void remove_returns(const struct cast *cast, size_t authority, int year)
{
	char path[PATH_SIZE];

	return_path(path, cast, authority, year, "");
	if (!file_is_folder(path))
		return;
	for (int i = 0; i < RETURN_TABLES; i++) {
		return_path(path, cast, authority, year, return_files[i].name);
		unlink(path);
	}
	return_path(path, cast, authority, year, "");
	rmdir(path);
}

/* Unlinks what a demonstration of any year may have written, and the folders that are empty then.
 */
static void remove_earlier(const struct cast *cast)
{
	char path[PATH_SIZE];

	for (int i = 0; i < NATIVE_TABLES; i++) {
		snprintf(path, sizeof path, "%s/%s", cast->options.folder, native_files[i].name);
		unlink(path);
	}
	for (size_t authority = 0; authority < AUTHORITY_COUNT; authority++) {
		struct text folder = cast->parameters->authorities[authority].folder;

		for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
			remove_returns(cast, authority, year);
		snprintf(path, sizeof path, "%s/%.*s", cast->options.folder, (int)folder.length,
			folder.data);
		rmdir(path);
	}
}

/* A folder is ours when its README.txt begins as the one we write. */
static bool is_earlier_demo(const char *readme, struct text ours)
{
	struct file_map map;
	struct error error;
	struct text line, old_line, rest;
	bool same = false;

	if (!file_map_open(&map, readme, 1 << 16, &error))
		return false;
	rest = map.bytes;
	if (text_split(&rest, '\n', &old_line) && text_split(&ours, '\n', &line))
		same = text_equal(line, old_line);
	file_map_close(&map);
	return same;
}

static bool folder_ready(const struct cast *cast, struct error *error)
{
	char path[PATH_SIZE];
	struct text ours = embedded_text("data/demo/folder_readme.txt");
	struct arena *arena = arena_open();
	const char *const *paths;
	size_t count = 0;
	bool done = false;

	if (!arena)
		return error_no_memory(error);
	snprintf(path, sizeof path, "%s/README.txt", cast->options.folder);
	if (!file_make_folder(cast->options.folder, error) ||
		!file_list(arena, cast->options.folder, &paths, &count, error))
		goto done;
	if (count > 0 && !is_earlier_demo(path, ours)) {
		error_set(error, ERROR_CONFLICT,
			"%.120s holds files that are no demonstration: name an empty folder",
			cast->options.folder);
		goto done;
	}
	remove_earlier(cast);
	done = file_write(path, ours, error);
done:
	arena_close(arena);
	return done;
}

bool files_open(struct files *out_files, const struct cast *cast, struct error *error)
{
	*out_files = (struct files){.cast = cast, .error = error};
	out_files->last_year = date_collection_year(cast->options.as_at);
	if (strlen(cast->options.folder) > PATH_SIZE / 2)
		return error_set(error, ERROR_LIMIT, "the name of the folder is too long");
	return folder_ready(cast, error);
}

static void close_one(struct files *files, FILE *file, const char *name)
{
	if (file && fclose(file) != 0)
		files_fail(files, name);
}

bool files_close(struct files *files)
{
	for (size_t authority = 0; authority < AUTHORITY_COUNT; authority++)
		for (int year = 0; year < DEMO_YEARS_MOST; year++)
			for (int i = 0; i < RETURN_TABLES; i++)
				close_one(files, files->returns[authority][year][i],
					return_files[i].name);
	for (int i = 0; i < NATIVE_TABLES; i++)
		close_one(files, files->native[i], native_files[i].name);
	return !files->failed;
}
