-- SPDX-License-Identifier: MIT
-- Values that only the holder of the key reads (store/personal.c, store/sealed.c).

-- name: sealed_date_add
-- takes: value sealed
insert into sealed_date (value, sealed) select c1, c2 from incoming;

-- name: sealed_text_add
-- takes: value sealed
insert into sealed_text (value, sealed) select c1, c2 from incoming;

-- Whether there is a postcode directory: no row, or one. 0 a postcode
-- name: postcode_any
select postcode from postcode limit 1;

-- 0 easting, 1 northing of a postcode ($1, in capitals and without spaces)
-- name: postcode_find
select easting, northing from postcode where postcode = $1;
