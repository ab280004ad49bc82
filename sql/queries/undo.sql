-- SPDX-License-Identifier: MIT
-- Taking the rows of an import away: those of every table with an entry from $1 to $2. Every statement
-- whose name begins with "undo_" is run.

-- name: undo_assessments
delete from assessments where entry between $1 and $2;

-- name: undo_costs
delete from costs where entry between $1 and $2;

-- name: undo_children
delete from children where entry between $1 and $2;

-- name: undo_episodes
delete from episodes where entry between $1 and $2;

-- name: undo_homes
delete from homes where entry between $1 and $2;

-- name: undo_providers
delete from providers where entry between $1 and $2;

-- name: undo_carer_enquiries
delete from carer_enquiries where entry between $1 and $2;

-- name: undo_authority_outcomes
delete from authority_outcomes where entry between $1 and $2;

-- name: undo_header
delete from header where entry between $1 and $2;

-- name: undo_episodes_903
delete from episodes_903 where entry between $1 and $2;

-- name: undo_reviews
delete from reviews where entry between $1 and $2;

-- name: undo_uasc
delete from uasc where entry between $1 and $2;

-- name: undo_oc2
delete from oc2 where entry between $1 and $2;

-- name: undo_oc3
delete from oc3 where entry between $1 and $2;

-- name: undo_ad1
delete from ad1 where entry between $1 and $2;

-- name: undo_placed_adoption
delete from placed_adoption where entry between $1 and $2;

-- name: undo_previous_permanence
delete from previous_permanence where entry between $1 and $2;

-- name: undo_missing
delete from missing where entry between $1 and $2;

-- name: undo_sw_episodes
delete from sw_episodes where entry between $1 and $2;

-- name: undo_dolo
delete from dolo where entry between $1 and $2;

-- name: undo_sealed_dates
delete from sealed_date where value between $1 * 8 and $2 * 8 + 7;

-- name: undo_sealed_texts
delete from sealed_text where value between $1 * 8 and $2 * 8 + 7;
