-- SPDX-License-Identifier: MIT
-- Who works with the record: accounts, sessions, teams, who may see which child.
--
-- Times are seconds since 1970 (UTC). Columns named `sealed_...` hold values that only the holder of
-- the key reads (store/vault.h), sealed for that table, column and row.

-- The number of the key in use, and a value by which a wrong key is found out. One row.
create table vault (
	vault integer primary key,
	key_number integer not null,
	mark blob not null
);

create table team (
	team integer primary key,
	name text not null,
	authority text not null,
	unique (authority, name)
);

create table account (
	account integer primary key,
	login text not null unique,
	shown text not null,
	role text not null,
	every_authority integer not null,
	team integer references team (team),
	demonstration integer not null,
	created bigint not null,
	disabled_at bigint,
	password text,
	-- 0 none, 1 first (made by the program), 2 the person's own
	password_state integer not null,
	password_at bigint not null,
	last_sign_in bigint
);

create table account_authority (
	account integer not null references account (account),
	authority text not null,
	primary key (account, authority)
);

-- The second factor. `step` is the last step of 30 seconds whose code was used; an offer becomes the
-- secret when its first code is right.
create table account_factor (
	account integer primary key references account (account),
	sealed_secret blob,
	sealed_offer blob,
	step bigint not null
);

create table recovery_code (
	account integer not null references account (account),
	digest blob not null,
	primary key (account, digest)
);

create table session (
	digest blob primary key,
	account integer not null references account (account),
	stage integer not null,
	device text,
	began bigint not null,
	seen bigint not null,
	proved bigint not null
);

create index session_account on session (account);

create table allocation (
	allocation integer primary key,
	child integer not null,
	account integer not null references account (account),
	"from" bigint not null,
	"until" bigint
);

create index allocation_account on allocation (account);
create index allocation_child on allocation (child);

-- guard: 0 none (only the address is guarded), 1 restricted, 2 sealed
create table guarding (
	child integer primary key,
	guard integer not null,
	address integer not null,
	sealed_reason blob not null,
	at bigint not null,
	set_by integer not null
);

create table guarding_named (
	child integer not null,
	account integer not null references account (account),
	primary key (child, account)
);

-- Broken glass: an alert until somebody else has reviewed it.
create table glass (
	glass integer primary key,
	child integer not null,
	account integer not null references account (account),
	authority text,
	sealed_reason blob not null,
	"from" bigint not null,
	"until" bigint not null,
	reviewed_at bigint,
	reviewed_by integer references account (account),
	sealed_finding blob
);

create index glass_account on glass (account);

create table setting (
	setting text primary key,
	value bigint not null
);
