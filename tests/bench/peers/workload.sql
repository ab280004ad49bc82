-- SPDX-License-Identifier: MIT
-- The workload in SQL, for DuckDB and SQLite. {day} is the snapshot date; {years:X} is the complete
-- years from X to it, spelled by each engine; statements are divided by lines of "-- name:".
-- name: cohort
create temp table cohort as
with latest as (
  select *, row_number() over (partition by child_id order by assessed_on desc) as back,
    row_number() over (partition by child_id order by assessed_on) as forth,
    count(*) over (partition by child_id) as times
  from assessments where assessed_on <= {day}),
first as (select child_id, total as first_total from latest where forth = 1)
select p.placement_kind, p.weekly_cost, a.*, f.first_total, c.sex, c.ethnic_group,
  case c.disability when 1 then 'yes' else 'no' end as disability,
  case c.ehcp when 1 then 'yes' else 'no' end as ehcp,
  case c.excluded when 1 then 'yes' else 'no' end as excluded,
  case when p.weekly_cost >= 5000 then 'over' else 'under' end as cost_side,
  case when {years:c.date_of_birth} < 2 then '0-1' when {years:c.date_of_birth} < 5 then '2-4'
    when {years:c.date_of_birth} < 12 then '5-11' when {years:c.date_of_birth} < 17 then '12-16'
    else '17+' end as age_band,
  case when {years:c.care_start} < 1 then 'under 1 year' when {years:c.care_start} < 3 then '1-3'
    else '3 and over' end as time_band
from placements p
join latest a on a.child_id = p.child_id and a.back = 1
join first f on f.child_id = p.child_id
join children c on c.child_id = p.child_id
where p."start" <= {day} and (p."end" is null or p."end" > {day})
-- name: a
select count(*) as n, sum(total) as st, sum(weekly_cost) as sc, sum(1.0 * total * total) as stt,
  sum(1.0 * weekly_cost * weekly_cost) as scc, sum(1.0 * total * weekly_cost) as stc,
  100.0 * sum(weekly_cost < 2000) / count(*) as under_2000,
  100.0 * sum(weekly_cost < 5000) / count(*) as under_5000,
  sum(case when weekly_cost > 5000 then weekly_cost - 5000 else 0 end) as saving
from cohort
-- name: top
select sum(weekly_cost) as spend from (
  select weekly_cost, row_number() over (order by weekly_cost desc) as place,
    (count(*) over () * {percent} + 50) / 100 as k from cohort) where place <= k
-- name: c
select weekly_cost / 500 * 500 as low, count(*) as n from cohort group by 1 order by 1
-- name: d
select {group} as name, count(*) as n, avg(weekly_cost) as cost, avg(total) as total, {means}
from cohort group by 1
-- name: e
select 100.0 * sum({domain} >= 1) / count(*) as percent,
  1.0 * sum({domain}) / sum({domain} >= 1) as mean,
  sum({domain} = 0) as none, sum({domain} between 1 and 3) as minor,
  sum({domain} between 4 and 6) as moderate, sum({domain} >= 7) as severe from cohort
-- name: g
select {severe} as severe, count(*) as n, sum(total <= 24) as low from cohort
where placement_kind in ('in-house children''s home', 'private children''s home',
  'specialist residential') group by 1
-- name: h
select placement_kind, count(*) as n, avg(total - first_total) as change from cohort
where times >= 2 group by 1
