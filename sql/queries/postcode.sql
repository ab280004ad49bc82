-- SPDX-License-Identifier: MIT
-- The postcode directory: one at a time.

-- name: postcode_clear
delete from postcode;

-- The first of a postcode named twice stands.
-- name: postcode_add
insert into postcode (postcode, easting, northing) values ($1, $2, $3)
on conflict (postcode) do nothing;

-- Imports of directories that are in. 0 import
-- name: postcode_imports
select distinct f.import
from import_file f join import i on i.import = f.import
where f.source_table = 'postcodes' and i.undone_at is null;

-- name: postcode_imports_mark_undone
update import set undone_at = $1, undone_by = $2
where undone_at is null
	and import in (select import from import_file where source_table = 'postcodes');
