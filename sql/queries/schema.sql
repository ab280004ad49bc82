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
