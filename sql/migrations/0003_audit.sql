-- SPDX-License-Identifier: MIT
-- The audit log. `hash` is BLAKE2b over the row and the hash of the row before (people/audit.c says
-- in which form), so that every row vouches for all before it. Rows are only ever added.

create table audit (
	sequence bigint primary key,
	at bigint not null,
	account integer not null,
	name text,
	route text,
	act text not null,
	child integer not null,
	authority text,
	fields text,
	about text,
	sealed_why blob,
	hash blob not null
);

create index audit_child on audit (child, sequence) where child <> 0;
create index audit_account on audit (account, sequence);
