-- SPDX-License-Identifier: MIT
-- 0002 in PostgreSQL only: its number; and every server that keeps the record in memory is told, when
-- the transaction is committed, that an import came or was undone.
comment on domain blob is 'Hearth record, form 2';

create function hearth_tell() returns trigger language plpgsql as $$
begin
	perform pg_notify('hearth_record', tg_table_schema);
	return null;
end
$$;

create trigger hearth_tell after insert or update or delete on import
	for each statement execute function hearth_tell();
