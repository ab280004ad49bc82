/* SPDX-License-Identifier: MIT */
#include "import/pieces.h"

#include "base/parallel.h"

static bool pieces_cut_sheet(struct check *check, struct arena *arena, struct error *error)
{
	size_t records = check->sheet->records, count = 0;
	size_t *cuts = arena_take(arena, records / CHECK_SHEET_PIECE + 2, sizeof *cuts);

	if (!cuts)
		return error_no_memory(error);
	for (cuts[0] = 1; cuts[count] < records; count++) /* record 0 is the header */
		cuts[count + 1] = records - cuts[count] < CHECK_SHEET_PIECE
					  ? records
					  : cuts[count] + CHECK_SHEET_PIECE;
	check->cuts = cuts;
	check->piece_count = count;
	return true;
}

bool pieces_cut(struct check *check, struct arena *arena, struct error *error)
{
	size_t start = check->intake->data_start;
	struct text data;
	const size_t *cuts;
	size_t *moved;

	if (check->sheet)
		return pieces_cut_sheet(check, arena, error);
	data = (struct text){check->text.data + start, check->text.length - start};
	if (!csv_cut(arena, data, CHECK_PIECE, check->intake->survey.quotes, ',', &cuts,
		    &check->piece_count, error))
		return false;
	moved = arena_take(arena, check->piece_count + 1, sizeof *moved);
	if (!moved)
		return error_no_memory(error);
	for (size_t i = 0; i <= check->piece_count; i++)
		moved[i] = cuts[i] + start;
	check->cuts = moved;
	return true;
}

struct pieces_job {
	const struct check *check;
	struct check_piece *wave;
	pieces_work *work;
	size_t first; /* number of the wave's first piece */
};

static void pieces_do(void *context, size_t chunk, size_t first, size_t count)
{
	struct pieces_job *job = context;

	(void)chunk;
	for (size_t i = first; i < first + count; i++)
		job->work(job->check, &job->wave[i], job->first + i);
}

static bool pieces_open(struct pieces *pieces, size_t count, struct error *error)
{
	while (pieces->opened < count) {
		struct check_piece *piece = &pieces->wave[pieces->opened++];

		*piece = (struct check_piece){0};
		piece->scratch = arena_open();
		piece->kept = arena_open();
		if (!piece->scratch || !piece->kept)
			return error_no_memory(error);
	}
	return true;
}

bool pieces_run(struct pieces *pieces, const struct check *check, pieces_work *work,
	pieces_settle *settle, void *context, struct error *error)
{
	for (size_t first = 0; first < check->piece_count; first += PIECES_WAVE) {
		size_t left = check->piece_count - first;
		size_t count = left < PIECES_WAVE ? left : PIECES_WAVE;
		struct pieces_job job = {check, pieces->wave, work, first};

		if (!pieces_open(pieces, count, error))
			return false;
		parallel_for(count, 1, pieces_do, &job);
		for (size_t i = 0; i < count; i++) {
			if (pieces->wave[i].no_memory)
				return error_no_memory(error);
		}
		if (!settle(context, pieces->wave, count, error))
			return false;
	}
	return true;
}

void pieces_close(struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->opened; i++) {
		arena_close(pieces->wave[i].scratch);
		arena_close(pieces->wave[i].kept);
	}
	pieces->opened = 0;
}
