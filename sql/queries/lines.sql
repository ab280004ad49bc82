-- SPDX-License-Identifier: MIT
-- Which lines of a file are in the record: those of the rows with an entry from $1 to $2, and whose
-- they are (0 in tables about no child).
-- 0 line, 1 child

-- name: lines_assessments
select line, child from assessments where entry between $1 and $2;

-- name: lines_costs
select line, child from costs where entry between $1 and $2;

-- name: lines_children
select line, child from children where entry between $1 and $2;

-- name: lines_episodes
select line, child from episodes where entry between $1 and $2;

-- name: lines_homes
select line, 0 from homes where entry between $1 and $2;

-- name: lines_providers
select line, 0 from providers where entry between $1 and $2;

-- name: lines_carer_enquiries
select line, 0 from carer_enquiries where entry between $1 and $2;

-- name: lines_authority_outcomes
select line, 0 from authority_outcomes where entry between $1 and $2;

-- name: lines_header
select line, child from header where entry between $1 and $2;

-- name: lines_episodes_903
select line, child from episodes_903 where entry between $1 and $2;

-- name: lines_reviews
select line, child from reviews where entry between $1 and $2;

-- name: lines_uasc
select line, child from uasc where entry between $1 and $2;

-- name: lines_oc2
select line, child from oc2 where entry between $1 and $2;

-- name: lines_oc3
select line, child from oc3 where entry between $1 and $2;

-- name: lines_ad1
select line, child from ad1 where entry between $1 and $2;

-- name: lines_placed_adoption
select line, child from placed_adoption where entry between $1 and $2;

-- name: lines_previous_permanence
select line, child from previous_permanence where entry between $1 and $2;

-- name: lines_missing
select line, child from missing where entry between $1 and $2;

-- name: lines_sw_episodes
select line, child from sw_episodes where entry between $1 and $2;

-- name: lines_dolo
select line, child from dolo where entry between $1 and $2;
