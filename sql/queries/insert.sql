-- SPDX-License-Identifier: MIT
-- How rows go in: all those of a file by one statement, from `incoming`, a table that shows them
-- (a server database has COPY in its place). `takes:` says what column c1, c2, ... is: the row's own
-- number and origin (entry, import, file, line, year, child), `framework` and `scores`, or a column
-- of the file in lower case. A column that neither statement of a table takes is a fault the tests find.
-- What identifies a child goes to `personal` under the same entry, when there is any of it.

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
insert into children (entry, import, file, line, child, authority, sex, ethnicity, disability,
	ehcp, excluded, uasc)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 from incoming;

-- name: insert_children_personal
-- takes: entry date_of_birth
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_episodes
-- takes: entry import file line child started ended placement_type placement_provider
-- takes: reason_started reason_ended legal_status category_of_need urn provider
-- takes: reason_place_change distance_miles
insert into episodes (entry, import, file, line, child, started, ended, placement_type,
	placement_provider, reason_started, reason_ended, legal_status, category_of_need, urn,
	provider, reason_place_change, distance_miles)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17 from incoming;

-- name: insert_episodes_personal
-- takes: entry home_postcode placement_postcode
insert into personal (entry, home_postcode, placement_postcode)
select c1, c2, c3 from incoming;

-- name: insert_homes
-- takes: entry import file line home_id provider_id kind name urn capacity vacancies
-- takes: available_from min_age max_age sexes sibling_places solo easting northing weekly_price
-- takes: accessible languages faiths pets ofsted_grade framework scores
insert into homes (entry, import, file, line, home_id, provider_id, kind, name, urn, capacity,
	vacancies, available_from, min_age, max_age, sexes, sibling_places, solo, easting, northing,
	weekly_price, accessible, languages, faiths, pets, ofsted_grade, framework, scores)
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
-- takes: entry import file line year child sex ethnic mother la
insert into header (entry, import, file, line, year, child, sex, ethnic, mother, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_header_personal
-- takes: entry dob upn mc_dob
insert into personal (entry, date_of_birth, upn, mc_date_of_birth)
select c1, c2, c3, c4 from incoming;

-- name: insert_episodes_903
-- takes: entry import file line year child decom rne ls cin place place_provider dec rec
-- takes: reason_place_change urn la
insert into episodes_903 (entry, import, file, line, year, child, decom, rne, ls, cin, place,
	place_provider, "dec", rec, reason_place_change, urn, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17 from incoming;

-- name: insert_episodes_903_personal
-- takes: entry home_post pl_post
insert into personal (entry, home_postcode, placement_postcode)
select c1, c2, c3 from incoming;

-- name: insert_reviews
-- takes: entry import file line year child review review_code la
insert into reviews (entry, import, file, line, year, child, review, review_code, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9 from incoming;

-- name: insert_reviews_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_uasc
-- takes: entry import file line year child sex duc la
insert into uasc (entry, import, file, line, year, child, sex, duc, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9 from incoming;

-- name: insert_uasc_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_oc2
-- takes: entry import file line year child sdq_score sdq_reason convicted health_check
-- takes: immunisations teeth_check health_assessment substance_misuse intervention_received
-- takes: intervention_offered la
insert into oc2 (entry, import, file, line, year, child, sdq_score, sdq_reason, convicted,
	health_check, immunisations, teeth_check, health_assessment, substance_misuse,
	intervention_received, intervention_offered, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17 from incoming;

-- name: insert_oc2_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_oc3
-- takes: entry import file line year child in_touch activ accom la
insert into oc3 (entry, import, file, line, year, child, in_touch, activ, accom, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_oc3_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_ad1
-- takes: entry import file line year child date_int date_match foster_care nb_adoptr sex_adoptr
-- takes: ls_adoptr la
insert into ad1 (entry, import, file, line, year, child, date_int, date_match, foster_care,
	nb_adoptr, sex_adoptr, ls_adoptr, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13 from incoming;

-- name: insert_ad1_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_placed_adoption
-- takes: entry import file line year child date_placed date_placed_ceased reason_placed_ceased la
insert into placed_adoption (entry, import, file, line, year, child, date_placed,
	date_placed_ceased, reason_placed_ceased, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_placed_adoption_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_previous_permanence
-- takes: entry import file line year child prev_perm la_perm date_perm la
insert into previous_permanence (entry, import, file, line, year, child, prev_perm, la_perm,
	date_perm, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_previous_permanence_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_missing
-- takes: entry import file line year child missing mis_start mis_end la
insert into missing (entry, import, file, line, year, child, missing, mis_start, mis_end, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 from incoming;

-- name: insert_missing_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_sw_episodes
-- takes: entry import file line year child sw_id sw_decom sw_dec sw_reason la
insert into sw_episodes (entry, import, file, line, year, child, sw_id, sw_decom, sw_dec,
	sw_reason, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 from incoming;

-- name: insert_sw_episodes_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;

-- name: insert_dolo
-- takes: entry import file line year child dolo_start dolo_end la
insert into dolo (entry, import, file, line, year, child, dolo_start, dolo_end, la)
select c1, c2, c3, c4, c5, c6, c7, c8, c9 from incoming;

-- name: insert_dolo_personal
-- takes: entry dob
insert into personal (entry, date_of_birth)
select c1, c2 from incoming;
