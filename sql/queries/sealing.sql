-- SPDX-License-Identifier: MIT
-- How a record of before migration 0007 is sealed (store/sealing.c): between 0007 and 0008, in one
-- transaction with them. Before and after, these statements cannot be prepared.

-- 0 child, 1 local_id
-- name: old_identities
select child, local_id from child_identity order by child;

-- name: old_identity_add
-- takes: child sealed_local_id local_id_index
insert into identity (child, sealed_local_id, local_id_index) select c1, c2, c3 from incoming;

-- 0 problem, 1 value; some after $1
-- name: old_problems
select problem, value from import_problem where problem > $1 and value is not null
order by problem limit 8192;

-- name: old_problem_seal
update import_problem set sealed_value = $2 where problem = $1;

-- Rows after $1 of each table with what identifies, some of them.
-- 0 entry, 1 child, 2 the first entry of its import, then as `takes:` of the statement after it says

-- name: old_rows_children
select t.entry, t.child, i.first_entry, p.date_of_birth
from children t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_children
-- takes: entry birth
update children set birth_value = $2 where entry = $1;

-- name: old_rows_header
select t.entry, t.child, i.first_entry, p.date_of_birth, p.upn, p.mc_date_of_birth
from header t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null or p.upn is not null or p.mc_date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_header
-- takes: entry birth upn mother_birth
update header set birth_value = $2, upn_value = $3, mother_birth_value = $4 where entry = $1;

-- name: old_rows_episodes
select t.entry, t.child, i.first_entry, p.home_postcode, p.placement_postcode
from episodes t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.home_postcode is not null or p.placement_postcode is not null)
order by t.entry limit 32768;

-- name: old_seal_episodes
-- takes: entry home placement
update episodes set home_value = $2, placement_value = $3 where entry = $1;

-- name: old_rows_episodes_903
select t.entry, t.child, i.first_entry, p.home_postcode, p.placement_postcode
from episodes_903 t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.home_postcode is not null or p.placement_postcode is not null)
order by t.entry limit 32768;

-- name: old_seal_episodes_903
-- takes: entry home placement
update episodes_903 set home_value = $2, placement_value = $3 where entry = $1;

-- name: old_rows_reviews
select t.entry, t.child, i.first_entry, p.date_of_birth
from reviews t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_reviews
-- takes: entry birth
update reviews set birth_value = $2 where entry = $1;

-- name: old_rows_uasc
select t.entry, t.child, i.first_entry, p.date_of_birth, t.duc
from uasc t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null or t.duc is not null)
order by t.entry limit 32768;

-- name: old_seal_uasc
-- takes: entry birth status_end
update uasc set birth_value = $2, status_end_value = $3 where entry = $1;

-- name: old_rows_oc2
select t.entry, t.child, i.first_entry, p.date_of_birth
from oc2 t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_oc2
-- takes: entry birth
update oc2 set birth_value = $2 where entry = $1;

-- name: old_rows_oc3
select t.entry, t.child, i.first_entry, p.date_of_birth
from oc3 t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_oc3
-- takes: entry birth
update oc3 set birth_value = $2 where entry = $1;

-- name: old_rows_ad1
select t.entry, t.child, i.first_entry, p.date_of_birth
from ad1 t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_ad1
-- takes: entry birth
update ad1 set birth_value = $2 where entry = $1;

-- name: old_rows_placed_adoption
select t.entry, t.child, i.first_entry, p.date_of_birth
from placed_adoption t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_placed_adoption
-- takes: entry birth
update placed_adoption set birth_value = $2 where entry = $1;

-- name: old_rows_previous_permanence
select t.entry, t.child, i.first_entry, p.date_of_birth
from previous_permanence t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_previous_permanence
-- takes: entry birth
update previous_permanence set birth_value = $2 where entry = $1;

-- name: old_rows_missing
select t.entry, t.child, i.first_entry, p.date_of_birth
from missing t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_missing
-- takes: entry birth
update missing set birth_value = $2 where entry = $1;

-- name: old_rows_sw_episodes
select t.entry, t.child, i.first_entry, p.date_of_birth
from sw_episodes t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_sw_episodes
-- takes: entry birth
update sw_episodes set birth_value = $2 where entry = $1;

-- name: old_rows_dolo
select t.entry, t.child, i.first_entry, p.date_of_birth
from dolo t join import i on i.import = t.import left join personal p on p.entry = t.entry
where t.entry > $1 and (p.date_of_birth is not null)
order by t.entry limit 32768;

-- name: old_seal_dolo
-- takes: entry birth
update dolo set birth_value = $2 where entry = $1;
