-- SPDX-License-Identifier: MIT
-- 0001 in SQLite only: the mark of the file ("Hrth"), the number of this migration, and the postcode
-- directory as one tree.
create table postcode (
	postcode text not null primary key,
	easting integer not null,
	northing integer not null
) without rowid;

pragma application_id = 1215460456;
pragma user_version = 1;
