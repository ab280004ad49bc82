-- SPDX-License-Identifier: MIT
-- The record: imports, and the rows they brought, one table for each table that comes in.
--
-- Every row has an entry, a number of its own among the rows of all tables; those of an import follow
-- one another, so that undoing it is taking a range away. Rows say which import, which of its files
-- and which line they are from. Dates are days since 1970, money is pence, codes are their spelling.
-- No index beyond the keys: the record is read whole and written at the end.
-- Columns are named as the files name them.

create table import (
	import integer primary key,
	at bigint not null,
	made_by text not null,
	undone_at bigint,
	undone_by text,
	rows_unchanged bigint not null,
	-- ranges of what it brought; last < first where there was none
	first_entry bigint not null,
	last_entry bigint not null,
	first_child bigint not null,
	last_child bigint not null,
	first_problem bigint not null,
	last_problem bigint not null
);

create table import_file (
	import integer not null references import (import),
	file integer not null,
	shown text not null,
	sheet text,
	sha256 text not null,
	bytes bigint not null,
	source_table text,
	collection_year integer,
	rows_read bigint not null,
	rows_accepted bigint not null,
	rows_refused bigint not null,
	rows_repeated bigint not null,
	rows_stored bigint not null,
	first_entry bigint not null,
	primary key (import, file)
);

-- Whether a file that comes has been here before.
create index import_file_sha256 on import_file (sha256);

create table import_problem (
	problem integer primary key,
	import integer not null references import (import),
	file integer not null,
	line bigint not null,
	column_name text,
	value text,
	what text not null,
	expected text,
	severity text not null
);

-- What identifies a child, held apart from the facts.
create table child_identity (
	child integer primary key,
	local_id text not null unique
);

create table personal (
	entry integer primary key,
	date_of_birth integer,
	upn text,
	mc_date_of_birth integer,
	home_postcode text,
	placement_postcode text
);

-- Framework versions that scores are of, and the order of the domains in `scores`.
create table framework (
	framework integer primary key,
	id text not null unique,
	domains text not null
);

create table children (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	child integer not null,
	authority text, sex text, ethnicity text, disability text, ehcp text, excluded text, uasc text
);

create table episodes (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	child integer not null,
	started integer not null, ended integer, placement_type text, placement_provider text,
	reason_started text, reason_ended text, legal_status text, category_of_need text, urn text,
	provider text, reason_place_change text, distance_miles double precision
);

create table assessments (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	child integer not null,
	assessed_on integer not null, reason text, assessor text, framework integer not null,
	scores blob not null
);

create table costs (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	child integer not null,
	"from" integer not null, "to" integer, weekly_cost bigint not null, element text, paid_by text
);

create table homes (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	home_id text, provider_id text, kind text, name text, urn text, capacity text, vacancies text,
	available_from integer, min_age text, max_age text, sexes text, sibling_places text, solo text,
	easting text, northing text, weekly_price bigint, accessible text, languages text, faiths text,
	pets text, ofsted_grade text, framework integer not null, scores blob not null
);

create table providers (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	provider_id text, name text, sector text, urn text, company_number text
);

create table carer_enquiries (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	enquiry_id text, stage text, entered integer, "left" integer, outcome text, outcome_reason text,
	huddle_on integer, huddle_note text
);

create table authority_outcomes (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	authority text, period text, measure text, value text, higher_is_better text
);

-- The tables of the SSDA903 return; `year` is the collection year, 0 when it is not known.

create table header (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	sex text, ethnic text, mother text, la text
);

create table episodes_903 (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	decom integer not null, rne text, ls text, cin text, place text, place_provider text,
	"dec" integer, rec text, reason_place_change text, urn text, la text
);

create table reviews (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	review integer, review_code text, la text
);

create table uasc (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	sex text, duc integer, la text
);

create table oc2 (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	sdq_score integer, sdq_reason text, convicted text, health_check text, immunisations text,
	teeth_check text, health_assessment text, substance_misuse text, intervention_received text,
	intervention_offered text, la text
);

create table oc3 (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	in_touch text, activ text, accom text, la text
);

create table ad1 (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	date_int integer, date_match integer, foster_care text, nb_adoptr text, sex_adoptr text,
	ls_adoptr text, la text
);

create table placed_adoption (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	date_placed integer, date_placed_ceased integer, reason_placed_ceased text, la text
);

create table previous_permanence (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	prev_perm text, la_perm text, date_perm text, la text
);

create table missing (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	missing text, mis_start integer, mis_end integer, la text
);

create table sw_episodes (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	sw_id text, sw_decom integer, sw_dec integer, sw_reason text, la text
);

create table dolo (
	entry integer primary key, import integer not null, file integer not null, line bigint not null,
	year integer not null, child integer not null,
	dolo_start integer, dolo_end integer, la text
);
