-- SPDX-License-Identifier: MIT
-- What people write about and with a child (src/care). Stamps are three columns: at, account, shown.

-- Whether there is such a child. 0 1
-- name: care_child
select 1 from child_identity where child = $1;

-- The next number of each table. 0 number
-- name: care_profile_next
select coalesce(max(profile), 0) + 1 from care_profile;
-- name: care_assessment_next
select coalesce(max(assessment), 0) + 1 from care_assessment;
-- name: care_domain_next
select coalesce(max(entry), 0) + 1 from care_domain;
-- name: care_contribution_next
select coalesce(max(contribution), 0) + 1 from care_contribution;
-- name: care_goal_next
select coalesce(max(goal), 0) + 1 from care_goal;
-- name: care_goal_version_next
select coalesce(max(entry), 0) + 1 from care_goal_version;
-- name: care_progress_next
select coalesce(max(entry), 0) + 1 from care_progress;
-- name: care_review_next
select coalesce(max(entry), 0) + 1 from care_review;

-- About me, newest version first.
-- 0 profile, 1 version, 2 written_on, 3 participation, 4 stamp, 7 sealed_words
-- name: care_profiles
select profile, version, written_on, participation, at, account, shown, sealed_words
from care_profile where child = $1 order by version desc;

-- name: care_profile_add
insert into care_profile (profile, child, version, written_on, participation, at, account, shown,
	sealed_words)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- Heads of assessments: one ($1) of a child ($2), those of a child, drafts of an account (0: all).
-- 0 assessment, 1 child, 2 framework, 3 state, 4 version, 5 replaces, 6 assessed_on, 7 reason,
-- 8 revision, 9 head_revision, 10 started (stamp), 13 saved, 16 signed, 19 ended, 22 replaced_by,
-- 23 import, 24 sealed_why, 25 sealed_ended_why, 26 scored
-- name: care_head
select h.assessment, h.child, h.framework, h.state, h.version, h.replaces, h.assessed_on, h.reason,
	h.revision, h.head_revision, h.started_at, h.started_account, h.started_shown, h.saved_at,
	h.saved_account, h.saved_shown, h.signed_at, h.signed_account, h.signed_shown, h.ended_at,
	h.ended_account, h.ended_shown, h.replaced_by, h.import, h.sealed_why, h.sealed_ended_why,
	(select count(*) from care_domain s
		where s.assessment = h.assessment and s.score is not null)
from care_assessment h
where h.assessment = $1 and h.child = $2;

-- name: care_heads
select h.assessment, h.child, h.framework, h.state, h.version, h.replaces, h.assessed_on, h.reason,
	h.revision, h.head_revision, h.started_at, h.started_account, h.started_shown, h.saved_at,
	h.saved_account, h.saved_shown, h.signed_at, h.signed_account, h.signed_shown, h.ended_at,
	h.ended_account, h.ended_shown, h.replaced_by, h.import, h.sealed_why, h.sealed_ended_why,
	(select count(*) from care_domain s
		where s.assessment = h.assessment and s.score is not null)
from care_assessment h
where h.child = $1 and h.state <> 'discarded'
order by h.assessed_on desc, h.version desc, h.assessment desc;

-- name: care_drafts
select h.assessment, h.child, h.framework, h.state, h.version, h.replaces, h.assessed_on, h.reason,
	h.revision, h.head_revision, h.started_at, h.started_account, h.started_shown, h.saved_at,
	h.saved_account, h.saved_shown, h.signed_at, h.signed_account, h.signed_shown, h.ended_at,
	h.ended_account, h.ended_shown, h.replaced_by, h.import, h.sealed_why, h.sealed_ended_why,
	(select count(*) from care_domain s
		where s.assessment = h.assessment and s.score is not null)
from care_assessment h
where h.state = 'draft' and ($1 = 0 or h.started_account = $1 or h.saved_account = $1
	or exists (select 1 from care_domain d
		where d.assessment = h.assessment and d.account = $1))
order by h.saved_at desc, h.assessment desc;

-- name: care_draft_of
select assessment from care_assessment where child = $1 and state = 'draft';

-- The entry by which a signed one came into the record. 0 import
-- name: care_import_of
select import from care_assessment where assessment = $1;

-- name: care_assessment_add
insert into care_assessment (assessment, child, framework, state, version, replaces, assessed_on,
	reason, revision, head_revision, started_at, started_account, started_shown, saved_at,
	saved_account, saved_shown, sealed_why)
values ($1, $2, $3, 'draft', $4, $5, $6, $7, 1, 1, $8, $9, $10, $8, $9, $10, $11);

-- name: care_head_change
update care_assessment set assessed_on = $5, reason = $6, revision = revision + 1,
	head_revision = head_revision + 1, saved_at = $2, saved_account = $3, saved_shown = $4
where assessment = $1;

-- name: care_head_touch
update care_assessment set revision = revision + 1, saved_at = $2, saved_account = $3,
	saved_shown = $4
where assessment = $1;

-- name: care_head_sign
update care_assessment set state = 'signed', signed_at = $2, signed_account = $3,
	signed_shown = $4, import = $5
where assessment = $1;

-- name: care_head_end
update care_assessment set ended_at = $2, ended_account = $3, ended_shown = $4, state = $5,
	replaced_by = $6, sealed_ended_why = $7
where assessment = $1;

-- 0 entry, 1 domain, 2 score, 3 revision, 4 stamp, 7 sealed_words
-- name: care_domains
select entry, domain, score, revision, at, account, shown, sealed_words
from care_domain where assessment = $1;

-- name: care_domain_of
select entry, domain, score, revision, at, account, shown, sealed_words
from care_domain where assessment = $1 and domain = $2;

-- name: care_domain_add
insert into care_domain (entry, at, account, shown, assessment, domain, score, revision, sealed_words)
values ($1, $2, $3, $4, $5, $6, $7, 1, $8);

-- name: care_domain_change
update care_domain set at = $2, account = $3, shown = $4, score = $5, revision = revision + 1,
	sealed_words = $6
where entry = $1;

-- What the record has of a child in a framework ($2 its id) up to a day ($3), the latest first; of
-- the day itself only what came before the entry $4 (0: all). $5 is left out.
-- 0 assessed_on, 1 scores, 2 assessment (null: imported)
-- name: care_before
select s.assessed_on, s.scores, a.assessment
from assessments s
join framework f on f.framework = s.framework
left join care_assessment a on a.import = s.import
where s.child = $1 and f.id = $2 and s.import <> $5
	and (s.assessed_on < $3 or (s.assessed_on = $3 and ($4 = 0 or s.import < $4)))
order by s.assessed_on desc, s.entry desc;

-- 0 contribution, 1 kind, 2 given_on, 3 scores, 4 revision, 5 stamp, 8 sealed_words
-- name: care_contributions
select contribution, kind, given_on, scores, revision, at, account, shown, sealed_words
from care_contribution where assessment = $1 and removed = 0 order by given_on, contribution;

-- name: care_contribution_add
insert into care_contribution (contribution, at, account, shown, kind, given_on, scores,
	sealed_words, assessment, removed, revision)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1);

-- name: care_contribution_change
update care_contribution set at = $2, account = $3, shown = $4, kind = $5, given_on = $6,
	scores = $7, sealed_words = $8, revision = revision + 1
where contribution = $1;

-- name: care_contribution_remove
update care_contribution set at = $2, account = $3, shown = $4, removed = 1, revision = revision + 1
where contribution = $1;

-- name: care_goal_add
insert into care_goal (goal, at, account, shown, child) values ($1, $2, $3, $4, $5);

-- name: care_goal_version_add
insert into care_goal_version (entry, at, account, shown, goal, version, domain, by_when, state,
	sealed_words)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- Goals of a child in their newest version.
-- 0 entry, 1 goal, 2 child, 3 version, 4 domain, 5 by_when, 6 state, 7 saved (stamp), 10 started
-- (stamp), 13 sealed_words, 14 progress entries, 15 day of the last
-- name: care_goals
select v.entry, g.goal, g.child, v.version, v.domain, v.by_when, v.state, v.at, v.account, v.shown,
	g.at, g.account, g.shown, v.sealed_words,
	(select count(*) from care_progress p where p.goal = g.goal),
	(select max(p.made_on) from care_progress p where p.goal = g.goal)
from care_goal g
join care_goal_version v on v.goal = g.goal
	and v.version = (select max(w.version) from care_goal_version w where w.goal = g.goal)
where g.child = $1
order by case when v.state = 'open' then 0 else 1 end,
	case when v.state = 'open' and v.by_when is null then 1 else 0 end,
	case when v.state = 'open' then v.by_when else -v.at end, g.goal;

-- Every version of one goal ($2), newest first, with the same columns.
-- name: care_goal_versions
select v.entry, g.goal, g.child, v.version, v.domain, v.by_when, v.state, v.at, v.account, v.shown,
	g.at, g.account, g.shown, v.sealed_words,
	(select count(*) from care_progress p where p.goal = g.goal),
	(select max(p.made_on) from care_progress p where p.goal = g.goal)
from care_goal g join care_goal_version v on v.goal = g.goal
where g.child = $1 and g.goal = $2
order by v.version desc;

-- 0 entry, 1 goal, 2 made_on, 3 course, 4 stamp, 7 sealed_words
-- name: care_progress_of
select p.entry, p.goal, p.made_on, p.course, p.at, p.account, p.shown, p.sealed_words
from care_progress p join care_goal g on g.goal = p.goal
where g.child = $1 and g.goal = $2
order by p.made_on desc, p.entry desc;

-- name: care_progress_add
insert into care_progress (entry, at, account, shown, goal, made_on, course, sealed_words)
values ($1, $2, $3, $4, $5, $6, $7, $8);

-- Reviews of a child that were written here, every version, the newest first.
-- 0 entry, 1 held_on, 2 version, 3 participation, 4 stamp, 7 sealed_words
-- name: care_reviews
select entry, held_on, version, participation, at, account, shown, sealed_words
from care_review where child = $1 order by held_on desc, version desc;

-- Those of the 903 returns; of one day, the row that counts comes first.
-- 0 review (day), 1 review_code
-- name: care_reviews_returned
select review, review_code from reviews
where child = $1 and review is not null order by review desc, entry desc;

-- name: care_review_add
insert into care_review (entry, at, account, shown, child, held_on, version, participation,
	sealed_words)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);
