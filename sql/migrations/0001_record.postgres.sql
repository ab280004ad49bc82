-- SPDX-License-Identifier: MIT
-- 0001 in PostgreSQL only, before the rest of it: its own name for bytes, whose comment is the mark
-- of a record and the number of its last migration; and the postcode directory.
create domain blob as bytea;
comment on domain blob is 'Hearth record, form 1';

create table postcode (
	postcode text not null primary key,
	easting integer not null,
	northing integer not null
);
