-- SPDX-License-Identifier: MIT
-- Which record this is, and whether it is whole.

-- The mark of our files; 0 in an empty one.
-- name: record_mark (sqlite)
pragma application_id;

-- A server's database is marked by the comment of its type `blob`.
-- name: record_mark (postgres)
select case when obj_description(to_regtype('blob'), 'pg_type') like 'Hearth record, form %'
	then 1215460456 else 0 end;

-- Migrations applied.
-- name: record_version (sqlite)
pragma user_version;

-- name: record_version (postgres)
select coalesce(cast(substring(obj_description(to_regtype('blob'), 'pg_type')
	from 'Hearth record, form ([0-9]+)') as integer), 0);

-- Tables and indexes it has.
-- name: record_tables (sqlite)
select count(*) from sqlite_master;

-- name: record_tables (postgres)
select count(*) from pg_class where relnamespace = (select oid from pg_namespace
	where nspname = current_schema());

-- 0 "ok", or a fault a row
-- name: record_check (sqlite)
pragma integrity_check;

-- Pages are checked by the server itself (data checksums); here, what was left half done.
-- name: record_check (postgres)
select coalesce('the index ' || min(cast(c.relname as text)) || ' is not in order', 'ok')
from pg_index i join pg_class c on c.oid = i.indexrelid
where c.relnamespace = (select oid from pg_namespace
	where nspname = current_schema()) and not (i.indisvalid and i.indisready);

-- Every table and its columns, in an order of their own that is the same in every database.
-- 0 table, 1 column
-- name: catalogue (sqlite)
select m.name, c.name
from sqlite_master m join pragma_table_info(m.name) c
where m.type = 'table' and m.name not in ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')
order by m.name, c.name;

-- name: catalogue (postgres)
select cast(c.relname as text), cast(a.attname as text)
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = (select oid from pg_namespace
	where nspname = current_schema()) and c.relkind in ('r', 'p')
	and not c.relispartition and a.attnum > 0 and not a.attisdropped
order by c.relname, a.attname;

-- A row that names no row where it should is a fault.
-- name: record_foreign (sqlite)
pragma foreign_key_check;

-- A server lets no such row in.
-- name: record_foreign (postgres)
select 1 where 1 = 0;

-- The version of the database.
-- name: database_version (sqlite)
select sqlite_version();

-- name: database_version (postgres)
select current_setting('server_version');
