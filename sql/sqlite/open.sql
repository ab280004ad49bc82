-- SPDX-License-Identifier: MIT
-- How every connection works (docs/decisions/sqlite-durability.md says why).
pragma cell_size_check = on;
pragma temp_store = memory;
pragma foreign_keys = on;
pragma cache_size = -65536;

-- The first look at the columns of tables sets it up (sql/queries/schema.sql asks for them).
select name from pragma_table_info('import');
