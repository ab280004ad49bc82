-- SPDX-License-Identifier: MIT
-- What identifies a child is kept so that only the holder of the key reads it (store/vault.h).
--
-- A sealed value is the row `value` of sealed_date (days since 1970, four bytes) or sealed_text;
-- columns named `..._value` of the tables of rows hold that number, null for blank. `value` is eight
-- times the entry of the row that brought it, and the number of the field (store/personal.h): it lies
-- in the range of its import, and the same value of the same child is kept once an import.

create table sealed_date (
	value integer primary key,
	sealed blob not null
);

create table sealed_text (
	value integer primary key,
	sealed blob not null
);

-- The council's own ids; `local_id_index` is keyed, by which an id is found without opening them all.
create table identity (
	child integer primary key,
	sealed_local_id blob not null,
	local_id_index blob not null unique
);

alter table children add column birth_value integer;
alter table header add column birth_value integer;
alter table header add column upn_value integer;
alter table header add column mother_birth_value integer;
alter table episodes add column home_value integer;
alter table episodes add column placement_value integer;
alter table episodes_903 add column home_value integer;
alter table episodes_903 add column placement_value integer;
alter table reviews add column birth_value integer;
alter table uasc add column birth_value integer;
-- the day the status ends mostly is the eighteenth birthday
alter table uasc add column status_end_value integer;
alter table oc2 add column birth_value integer;
alter table oc3 add column birth_value integer;
alter table ad1 add column birth_value integer;
alter table placed_adoption add column birth_value integer;
alter table previous_permanence add column birth_value integer;
alter table missing add column birth_value integer;
alter table sw_episodes add column birth_value integer;
alter table dolo add column birth_value integer;

-- A value that was wrong may be an id or a date of birth.
alter table import_problem add column sealed_value blob;
