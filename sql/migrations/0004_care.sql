-- SPDX-License-Identifier: MIT
-- What people write about and with a child. Nothing here is deleted or, once it counts, changed:
-- corrections are new versions.
--
-- `at`, `account` and `shown` say when and by whom a row was written (`shown`: as the writer was
-- called then). `sealed_words` are the row's texts, packed and sealed for the row (care/words.c).
-- Days are since 1970, times seconds.

-- About me.
create table care_profile (
	profile integer primary key,
	child integer not null,
	version integer not null,
	written_on integer not null,
	participation text,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null,
	unique (child, version)
);

-- A draft or version of an assessment. state: draft, signed, replaced, withdrawn, discarded.
-- `import` is the entry by which a signed one came among the rows of `assessments`; it stays here
-- when that row is taken away.
create table care_assessment (
	assessment integer primary key,
	child integer not null,
	framework text not null,
	state text not null,
	version integer not null,
	replaces integer references care_assessment (assessment),
	replaced_by integer references care_assessment (assessment),
	assessed_on integer not null,
	reason text,
	revision bigint not null,
	head_revision bigint not null,
	import integer references import (import),
	started_at bigint not null, started_account integer not null, started_shown text not null,
	saved_at bigint not null, saved_account integer not null, saved_shown text not null,
	signed_at bigint, signed_account integer, signed_shown text,
	ended_at bigint, ended_account integer, ended_shown text,
	sealed_why blob,
	sealed_ended_why blob
);

create index care_assessment_child on care_assessment (child);
create unique index care_assessment_draft on care_assessment (child) where state = 'draft';
create unique index care_assessment_import on care_assessment (import) where import is not null;

-- What is said of a domain; score is null while it is blank. words: evidence, view, strengths
create table care_domain (
	entry integer primary key,
	assessment integer not null references care_assessment (assessment),
	domain text not null,
	score integer,
	revision bigint not null,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null,
	unique (assessment, domain)
);

-- Of the team around the child. `scores`: a byte a domain, 255 blank, in the framework's order.
-- words: name, role, comment, and a comment for each domain in that order
create table care_contribution (
	contribution integer primary key,
	assessment integer not null references care_assessment (assessment),
	kind text not null,
	given_on integer not null,
	scores blob not null,
	removed integer not null,
	revision bigint not null,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null
);

create index care_contribution_assessment on care_contribution (assessment);

create table care_goal (
	goal integer primary key,
	child integer not null,
	at bigint not null, account integer not null, shown text not null
);

create index care_goal_child on care_goal (child);

-- state: open, achieved, changed, stopped. words: goal, helps, who, why
create table care_goal_version (
	entry integer primary key,
	goal integer not null references care_goal (goal),
	version integer not null,
	domain text,
	by_when integer,
	state text not null,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null,
	unique (goal, version)
);

-- course: better, same, harder or null. words: note
create table care_progress (
	entry integer primary key,
	goal integer not null references care_goal (goal),
	made_on integer not null,
	course text,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null
);

create index care_progress_goal on care_progress (goal);

-- words: notes, view
create table care_review (
	entry integer primary key,
	child integer not null,
	held_on integer not null,
	version integer not null,
	participation text,
	at bigint not null, account integer not null, shown text not null,
	sealed_words blob not null,
	unique (child, held_on, version)
);

-- Entries of `import` that are no import of files but what somebody signed here: they are taken
-- back here, not by undoing an import.
create table entered (
	import integer primary key references import (import)
);

-- A page asks for the rows of one child in these two.
create index assessments_child on assessments (child);
create index reviews_child on reviews (child);
