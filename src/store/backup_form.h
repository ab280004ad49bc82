/* SPDX-License-Identifier: MIT */
/* What is in a backup, within its seal: parts that begin with a letter. Within store/.
 *
 * H form, schema, time (numbers), program, database (texts); K the lines of the key file (text);
 * T table (text), number of columns, columns (texts); R a packed row (text); E rows (number), sum;
 * Z tables, rows (numbers): the end. */
#ifndef HEARTH_STORE_BACKUP_FORM_H
#define HEARTH_STORE_BACKUP_FORM_H

enum backup_part {
	BACKUP_HEAD = 'H',
	BACKUP_KEY = 'K',
	BACKUP_TABLE = 'T',
	BACKUP_ROW = 'R',
	BACKUP_TABLE_END = 'E',
	BACKUP_END = 'Z',
};

enum { BACKUP_FORM = 1, BACKUP_TABLES_MOST = 1000 };

#endif
