/* SPDX-License-Identifier: MIT */
/* Notes that more than one figure needs: keys of data/texts/notes.csv and their values. */
#ifndef HEARTH_ANALYSIS_NOTES_H
#define HEARTH_ANALYSIS_NOTES_H

#include "analysis/analysis.h"

/* What every figure says of itself: children it lacks and why, means over few, the highest total.
 */
void notes_common(struct result *result, const struct analysis_input *input);

/* The framework's cut-offs, for a figure that uses bands. */
void note_bands(struct result *result, const struct framework *framework);

#endif
