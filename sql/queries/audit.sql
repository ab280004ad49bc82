-- SPDX-License-Identifier: MIT
-- The audit log (people/audit.c).

-- name: audit_add
insert into audit (sequence, at, account, name, route, act, child, authority, fields, about,
	sealed_why, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- Nobody else adds to the chain before this transaction ends; to be run before its end is read. Where
-- every writer waits for every other there is nothing to do.
-- name: audit_hold
select 1;

-- name: audit_hold (postgres)
select pg_advisory_xact_lock(1215460457);

-- The end of the chain. 0 sequence, 1 at, 2 hash
-- name: audit_last
select sequence, at, hash from audit order by sequence desc limit 1;

-- All rows, first to last. Columns as audit_list, 11 hash
-- name: audit_all
-- reads: all
select sequence, at, account, name, route, act, child, authority, fields, about, sealed_why, hash
from audit order by sequence;

-- Newest first: $1 child, $2 account, $3 act (0 and null: all), $4 sequence before which, $5 from,
-- $6 until.
-- 0 sequence, 1 at, 2 account, 3 name, 4 route, 5 act, 6 child, 7 authority, 8 fields, 9 about,
-- 10 sealed_why
-- name: audit_list
select sequence, at, account, name, route, act, child, authority, fields, about, sealed_why
from audit
where sequence < $4 and ($1 = 0 or child = $1) and ($2 = 0 or account = $2)
	and (act = $3 or $3 is null)
	and at >= $5 and at < $6
order by sequence desc;

-- The same of one child, which has an index of its own.
-- name: audit_list_child
select sequence, at, account, name, route, act, child, authority, fields, about, sealed_why
from audit
where child = $1 and child <> 0 and sequence < $4 and ($2 = 0 or account = $2)
	and (act = $3 or $3 is null)
	and at >= $5 and at < $6
order by sequence desc;

-- The same of one account.
-- name: audit_list_account
select sequence, at, account, name, route, act, child, authority, fields, about, sealed_why
from audit
where account = $2 and sequence < $4 and $1 = 0
	and (act = $3 or $3 is null)
	and at >= $5 and at < $6
order by sequence desc;

-- How far the daybook was taken over. 0 book, 1 turn, 2 position, 3 hash
-- name: daybook_mark
select book, turn, position, hash from daybook where daybook = 1;

-- name: daybook_set_mark
insert into daybook (daybook, book, turn, position, hash) values (1, $1, $2, $3, $4)
on conflict (daybook) do update set book = excluded.book, turn = excluded.turn,
	position = excluded.position, hash = excluded.hash;
