-- SPDX-License-Identifier: MIT
-- How rows go in: all those of a file by one statement, from `incoming`, a table that shows them
-- (a server database has COPY in its place). `takes:` says what column c1, c2, ... is: the row's own
-- number and origin (entry, import, file, line, year, child), `framework` and `scores`, or a column
-- of the file in lower case; `field=column` is one that identifies: it is sealed, and the number of the
-- sealed value goes in (sealed.sql). A column that the statement does not take is a fault the tests find.

-- name: insert_assessments
-- takes: entry import file line child assessed_on reason assessor framework scores
insert into assessments (entry, import, file, line, child, assessed_on, reason, assessor,
	framework, scores)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_costs
-- takes: entry import file line child from to weekly_cost element paid_by
insert into costs (entry, import, file, line, child, "from", "to", weekly_cost, element, paid_by)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_children
-- takes: entry import file line child authority sex ethnicity disability ehcp excluded uasc
-- takes: birth=date_of_birth
insert into children (entry, import, file, line, child, authority, sex, ethnicity, disability,
	ehcp, excluded, uasc, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 from incoming;

-- name: insert_episodes
-- takes: entry import file line child started ended placement_type placement_provider
-- takes: reason_started reason_ended legal_status category_of_need urn provider
-- takes: reason_place_change distance_miles home=home_postcode placement=placement_postcode
insert into episodes (entry, import, file, line, child, started, ended, placement_type,
	placement_provider, reason_started, reason_ended, legal_status, category_of_need, urn,
	provider, reason_place_change, distance_miles, home_value, placement_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 from incoming;

-- name: insert_homes
-- takes: entry import file line home_id provider_id kind name urn capacity vacancies
-- takes: available_from min_age max_age sexes sibling_places solo easting northing weekly_price
-- takes: accessible languages faiths pets ofsted_grade framework scores
insert into homes (entry, import, file, line, home_id, provider_id, kind, name, urn, capacity,
	vacancies, available_from, min_age, max_age, sexes, sibling_places, solo, easting,
	northing, weekly_price, accessible, languages, faiths, pets, ofsted_grade, framework,
	scores)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20,
	c21, c22, c23, c24, c25, c26, c27 from incoming;

-- name: insert_providers
-- takes: entry import file line provider_id name sector urn company_number
insert into providers (entry, import, file, line, provider_id, name, sector, urn, company_number)
select c1, c2, c3, c4, c5, c6, c7, c8, c9 from incoming;

-- name: insert_carer_enquiries
-- takes: entry import file line enquiry_id stage entered left outcome outcome_reason huddle_on
-- takes: huddle_note
insert into carer_enquiries (entry, import, file, line, enquiry_id, stage, entered, "left",
	outcome, outcome_reason, huddle_on, huddle_note)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 from incoming;

-- name: insert_authority_outcomes
-- takes: entry import file line authority period measure value higher_is_better
insert into authority_outcomes (entry, import, file, line, authority, period, measure, value,
	higher_is_better)
select c1, c2, c3, c4, c5, c6, c7, c8, c9 from incoming;

-- name: insert_header
-- takes: entry import file line year child sex ethnic mother la birth=dob upn=upn
-- takes: mother_birth=mc_dob
insert into header (entry, import, file, line, year, child, sex, ethnic, mother, la, birth_value,
	upn_value, mother_birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 from incoming;

-- name: insert_episodes_903
-- takes: entry import file line year child decom rne ls cin place place_provider dec rec
-- takes: reason_place_change urn la home=home_post placement=pl_post
insert into episodes_903 (entry, import, file, line, year, child, decom, rne, ls, cin, place,
	place_provider, "dec", rec, reason_place_change, urn, la, home_value, placement_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19 from incoming;

-- name: insert_reviews
-- takes: entry import file line year child review review_code la birth=dob
insert into reviews (entry, import, file, line, year, child, review, review_code, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_uasc
-- takes: entry import file line year child sex la birth=dob status_end=duc
insert into uasc (entry, import, file, line, year, child, sex, la, birth_value, status_end_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_oc2
-- takes: entry import file line year child sdq_score sdq_reason convicted health_check
-- takes: immunisations teeth_check health_assessment substance_misuse intervention_received
-- takes: intervention_offered la birth=dob
insert into oc2 (entry, import, file, line, year, child, sdq_score, sdq_reason, convicted,
	health_check, immunisations, teeth_check, health_assessment, substance_misuse,
	intervention_received, intervention_offered, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18 from incoming;

-- name: insert_oc3
-- takes: entry import file line year child in_touch activ accom la birth=dob
insert into oc3 (entry, import, file, line, year, child, in_touch, activ, accom, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from incoming;

-- name: insert_ad1
-- takes: entry import file line year child date_int date_match foster_care nb_adoptr sex_adoptr
-- takes: ls_adoptr la birth=dob
insert into ad1 (entry, import, file, line, year, child, date_int, date_match, foster_care,
	nb_adoptr, sex_adoptr, ls_adoptr, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14 from incoming;

-- name: insert_placed_adoption
-- takes: entry import file line year child date_placed date_placed_ceased reason_placed_ceased la
-- takes: birth=dob
insert into placed_adoption (entry, import, file, line, year, child, date_placed,
	date_placed_ceased, reason_placed_ceased, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from incoming;

-- name: insert_previous_permanence
-- takes: entry import file line year child prev_perm la_perm date_perm la birth=dob
insert into previous_permanence (entry, import, file, line, year, child, prev_perm, la_perm,
	date_perm, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from incoming;

-- name: insert_missing
-- takes: entry import file line year child missing mis_start mis_end la birth=dob
insert into missing (entry, import, file, line, year, child, missing, mis_start, mis_end, la,
	birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from incoming;

-- name: insert_sw_episodes
-- takes: entry import file line year child sw_id sw_decom sw_dec sw_reason la birth=dob
insert into sw_episodes (entry, import, file, line, year, child, sw_id, sw_decom, sw_dec,
	sw_reason, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 from incoming;

-- name: insert_dolo
-- takes: entry import file line year child dolo_start dolo_end la birth=dob
insert into dolo (entry, import, file, line, year, child, dolo_start, dolo_end, la, birth_value)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;
