-- SPDX-License-Identifier: MIT
-- After each part of a migration: every table as SQLite has it. Texts sort and compare by their
-- bytes, whatever the database's own collation, entries and what is counted by them have 64 bits, and a row may come before the
-- one it names where a transaction says so (restore.sql).
do $$
declare
	one record;
begin
	for one in
		select c.relname, a.attname, a.atttypid = 'text'::regtype as is_text
		from pg_attribute a
		join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
		where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
			and a.attnum > 0 and not a.attisdropped
			and ((a.atttypid = 'text'::regtype
					and a.attcollation <> '"C"'::regcollation)
				or (a.atttypid = 'integer'::regtype and (a.attname in ('entry', 'value')
					or a.attname like '%\_value')))
		order by c.relname, a.attnum
	loop
		execute format('alter table %I alter column %I type %s', one.relname, one.attname,
			case when one.is_text then 'text collate "C"' else 'bigint' end);
	end loop;
	for one in
		select r.relname, c.conname
		from pg_constraint c
		join pg_class r on r.oid = c.conrelid
		where r.relnamespace = (select oid from pg_namespace where nspname = current_schema())
			and c.contype = 'f' and not c.condeferrable
		order by r.relname, c.conname
	loop
		execute format('alter table %I alter constraint %I deferrable initially immediate',
			one.relname, one.conname);
	end loop;
end
$$;
