-- SPDX-License-Identifier: MIT
-- The imports themselves, their files and problems, and the children they name.

-- The greatest numbers given so far; those of undone imports are not given again.
-- 0 import, 1 entry, 2 child, 3 problem
-- name: numbers_given
select coalesce(max(import), 0), coalesce(max(last_entry), 0), coalesce(max(last_child), 0),
	coalesce(max(last_problem), 0)
from import;

-- What rows there are: changes with every import, undoing, signed and withdrawn assessment.
-- 0 imports, 1 last import, 2 undone, 3 time of the last undoing
-- name: record_state
select count(*), coalesce(max(import), 0), count(undone_at), coalesce(max(undone_at), 0) from import;

-- name: import_add
insert into import (import, at, made_by, rows_unchanged, first_entry, last_entry, first_child,
	last_child, first_problem, last_problem)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: import_file_add
insert into import_file (import, file, shown, sheet, sha256, bytes, source_table, collection_year,
	rows_read, rows_accepted, rows_refused, rows_repeated, rows_stored, first_entry)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: import_problem_add
insert into import_problem (problem, import, file, line, column_name, sealed_value, what, expected,
	severity)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- Every import of files, or one import or entry ($1 its number, 0 for all).
-- 0 import, 1 at, 2 made_by, 3 undone_at, 4 undone_by, 5 rows_unchanged, 6 problems, 7 files,
-- 8 rows_read, 9 rows_accepted, 10 rows_refused, 11 rows_repeated
-- name: import_list
select i.import, i.at, i.made_by, i.undone_at, i.undone_by, i.rows_unchanged,
	i.last_problem - i.first_problem + 1, count(f.file), coalesce(sum(f.rows_read), 0),
	coalesce(sum(f.rows_accepted), 0), coalesce(sum(f.rows_refused), 0),
	coalesce(sum(f.rows_repeated), 0)
from import i left join import_file f on f.import = i.import
where i.import = $1 or ($1 = 0 and i.import not in (select import from entered))
group by i.import
order by i.import;

-- 0 shown, 1 sheet, 2 sha256, 3 bytes, 4 source_table, 5 collection_year, 6 rows_read,
-- 7 rows_accepted, 8 rows_refused, 9 rows_repeated
-- name: import_files
select shown, sheet, sha256, bytes, source_table, collection_year, rows_read, rows_accepted,
	rows_refused, rows_repeated
from import_file where import = $1 order by file;

-- 0 file, 1 line, 2 column_name, 3 sealed_value, 4 what, 5 expected, 6 severity, 7 problem
-- name: import_problems
select p.file, p.line, p.column_name, p.sealed_value, p.what, p.expected, p.severity, p.problem
from import i
join import_problem p on p.problem between i.first_problem and i.last_problem
where i.import = $1
order by p.problem;

-- What undoing needs. 0 undone_at, 1 first_entry, 2 last_entry, 3 whether it was signed here
-- name: import_ranges
select undone_at, first_entry, last_entry,
	(select count(*) from entered e where e.import = i.import)
from import i where import = $1;

-- name: import_mark_undone
update import set undone_at = $2, undone_by = $3 where import = $1;

-- Files of imports that are in, with the same bytes and sheet ($2, null for none).
-- 0 source_table, 1 rows_read, 2 rows_repeated, 3 rows_stored, 4 first_entry,
-- 5 collection_year
-- name: file_in_record
select f.source_table, f.rows_read, f.rows_repeated, f.rows_stored, f.first_entry,
	f.collection_year
from import_file f join import i on i.import = f.import
where i.undone_at is null and f.sha256 = $1 and coalesce(f.sheet, '') = coalesce($2, '');

-- name: child_add
-- takes: child sealed_local_id local_id_index
insert into child_identity (child, sealed_local_id, local_id_index)
select c1, c2, c3 from incoming;

-- Children whom a row in effect names.
-- name: children_named
-- reads: all
select child from children union all select child from header;

-- Ids of children of whom no row of the record speaks any more.
-- name: children_forget
delete from child_identity where child not in (
	select child from children union all select child from header
	union all select child from episodes union all select child from episodes_903
	union all select child from assessments union all select child from costs
	union all select child from reviews union all select child from uasc
	union all select child from oc2 union all select child from oc3
	union all select child from ad1 union all select child from placed_adoption
	union all select child from previous_permanence union all select child from missing
	union all select child from sw_episodes union all select child from dolo
	union all select child from care_profile union all select child from care_assessment
	union all select child from care_goal union all select child from care_review);

-- name: framework_add
insert into framework (framework, id, domains) values ($1, $2, $3);

-- Assessments that were signed here, as imports of their own (store/entered.h).
-- name: entered_add
insert into entered (import) values ($1);

-- name: entered_assessment_add
insert into assessments (entry, import, file, line, child, assessed_on, reason, assessor, framework,
	scores)
values ($1, $2, 0, 1, $3, $4, $5, $6, $7, $8);

-- 0 undone_at, 1 first_entry, 2 last_entry; no row when it was not signed here
-- name: entered_ranges
select i.undone_at, i.first_entry, i.last_entry
from import i join entered e on e.import = i.import where i.import = $1;
