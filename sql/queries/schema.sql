-- SPDX-License-Identifier: MIT
-- Which record this is, and whether it is whole.

-- The mark of our files; 0 in an empty one.
-- name: record_mark (sqlite)
pragma application_id;

-- Migrations applied.
-- name: record_version (sqlite)
pragma user_version;

-- Tables and indexes it has.
-- name: record_tables (sqlite)
select count(*) from sqlite_master;

-- 0 "ok", or a fault a row
-- name: record_check (sqlite)
pragma integrity_check;

-- Every table and its columns, in an order of their own that is the same in every database.
-- 0 table, 1 column
-- name: catalogue (sqlite)
select m.name, c.name
from sqlite_master m join pragma_table_info(m.name) c
where m.type = 'table' and m.name not in ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')
order by m.name, c.name;

-- A row that names no row where it should is a fault.
-- name: record_foreign (sqlite)
pragma foreign_key_check;
