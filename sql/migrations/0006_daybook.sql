-- SPDX-License-Identifier: MIT
-- How far the log has taken over what the daybook beside the record holds (store/daybook.h).

create table daybook (
	daybook integer primary key, -- 1
	book bigint not null,
	turn bigint not null,
	position bigint not null,
	hash blob not null
);
