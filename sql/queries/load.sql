-- SPDX-License-Identifier: MIT
-- What cohort/history.c reads: every row in effect, a scan of each table.
--
-- Columns are read by number; the list before each statement is the contract. Dates are days since
-- 1970, money is pence, codes are their spelling; a blank is null. `child` is the number of
-- load_identities. Rows of a statement come in the order in which they were stored, which is that of
-- import, file of the import and line ("later row" of the definitions). Rows may speak of a child
-- whom no row of load_children names any more (the import that named it was undone): they do not
-- count until it is named again.
-- `year` is the collection year of a 903 row, 0 when unknown and in native tables.

-- The numbers and the council's own ids of children; some may be named by no row in effect.
-- 0 child, 1 sealed_local_id (of child_identity.local_id in row child)
-- name: load_identities
-- reads: all
select child, sealed_local_id from child_identity order by child;

-- The same to look for an id by. 0 child, 1 local_id_index
-- name: load_identity_indexes
-- reads: all
select child, local_id_index from child_identity;

-- Every sealed date. 0 value, 1 sealed
-- name: load_sealed_dates
-- reads: all
select value, sealed from sealed_date order by value;

-- Every sealed text. 0 value, 1 sealed
-- name: load_sealed_texts
-- reads: all
select value, sealed from sealed_text order by value;

-- Rows of children.csv (is_return 0) and then of 903 headers (is_return 1).
-- 0 child, 1 is_return, 2 import, 3 file, 4 line, 5 year, 6 authority, 7 sex (code), 8 birth_value,
-- 9 ethnicity (code), 10 disability, 11 ehcp, 12 excluded, 13 uasc (flags; null in 903 headers)
-- name: load_children
-- reads: all
select c.child, 0, c.import, c.file, c.line, 0, c.authority, c.sex, c.birth_value,
	c.ethnicity, c.disability, c.ehcp, c.excluded, c.uasc
from children c
union all
select h.child, 1, h.import, h.file, h.line, h.year, h.la, h.sex, h.birth_value,
	h.ethnic, null, null, null, null
from header h;

-- A server's tables have no order of their own.
-- name: load_children (postgres)
-- reads: all
select * from (select c.child, 0, c.import, c.file, c.line, 0, c.authority, c.sex, c.birth_value,
	c.ethnicity, c.disability, c.ehcp, c.excluded, c.uasc
	from children c order by c.entry) as native
union all
select * from (select h.child, 1, h.import, h.file, h.line, h.year, h.la, h.sex, h.birth_value,
	h.ethnic, null, null, null, null
	from header h order by h.entry) as returned;

-- Rows of episodes.csv (is_return 0) and then of 903 episodes (is_return 1).
-- 0 entry (the row's own number), 1 child, 2 is_return, 3 import, 4 file,
-- 5 line, 6 year, 7 started, 8 ended, 9 reason_started (RNE), 10 legal_status, 11 placement_type
-- (PLACE), 12 placement_provider (PLACE_PROVIDER), 13 urn, 14 provider, 15 distance_miles (real)
-- name: load_episodes
-- reads: all
select entry, child, 0, import, file, line, 0, started, ended, reason_started, legal_status,
	placement_type, placement_provider, urn, provider, distance_miles
from episodes
union all
select entry, child, 1, import, file, line, year, decom, "dec", rne, ls,
	place, place_provider, urn, null, null
from episodes_903;

-- name: load_episodes (postgres)
-- reads: all
select * from (select entry, child, 0, import, file, line, 0, started, ended, reason_started,
	legal_status, placement_type, placement_provider, urn, provider, distance_miles
	from episodes order by entry) as native
union all
select * from (select entry, child, 1, import, file, line, year, decom, "dec", rne, ls,
	place, place_provider, urn, null, cast(null as double precision)
	from episodes_903 order by entry) as returned;

-- Episodes with both postcodes. 0 entry, 1 home_value, 2 placement_value
-- name: load_episode_postcodes
-- reads: all
select entry, home_value, placement_value from episodes
where home_value is not null and placement_value is not null
union all
select entry, home_value, placement_value from episodes_903
where home_value is not null and placement_value is not null;

-- 0 child, 1 import, 2 file, 3 line, 4 assessed_on, 5 framework (number of load_frameworks),
-- 6 scores (bytes: one a domain, in the order of the framework's domains; 255 is blank)
-- name: load_assessments
-- reads: all
select child, import, file, line, assessed_on, framework, scores from assessments
order by entry;

-- The framework versions that were used. 0 framework, 1 id, 2 domains (keys, a space between).
-- store_framework gives the number and checks that the domains are still the same.
-- name: load_frameworks
select framework, id, domains from framework order by framework;

-- 0 child, 1 import, 2 file, 3 line, 4 from, 5 to, 6 weekly_cost (pence), 7 element, 8 paid_by
-- name: load_costs
-- reads: all
select child, import, file, line, "from", "to", weekly_cost, element, paid_by from costs
order by entry;

-- 903 OC2. 0 child, 1 import, 2 file, 3 line, 4 year, 5 sdq_score
-- name: load_sdq
-- reads: all
select child, import, file, line, year, sdq_score from oc2 order by entry;

-- 0 enquiry_id, 1 stage, 2 entered, 3 left, 4 outcome, 5 outcome_reason, 6 huddle_on, 7 import,
-- 8 huddle_note
-- name: load_enquiries
-- reads: all
select enquiry_id, stage, entered, "left", outcome, outcome_reason, huddle_on, import, huddle_note
from carer_enquiries order by entry;

-- 0 provider_id, 1 name, 2 urn, 3 sector
-- name: load_providers
-- reads: all
select provider_id, name, urn, sector from providers order by entry;

-- 0 home_id, 1 provider_id, 2 urn, 3 name, 4 kind
-- name: load_homes
-- reads: all
select home_id, provider_id, urn, name, kind from homes order by entry;

-- The day (since 1970, UTC) of each import that is in. 0 import, 1 day
-- name: load_import_days
select import, at / 86400 from import where undone_at is null order by import;
