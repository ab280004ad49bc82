-- SPDX-License-Identifier: MIT
-- What the pages of children ask for (src/web/pages, src/people/saved_view.c, src/care/known_as.c).

-- When a child ($1) was missing since a day ($2); of returns that say it again, once.
-- 0 mis_start, 1 mis_end, 2 missing (M missing, A away without authorisation)
-- name: child_missing
select mis_start, max(mis_end), max(missing) from missing
where child = $1 and mis_start >= $2
group by mis_start order by mis_start desc;

-- The newest words of every child about themselves. 0 profile, 1 child, 2 sealed_words
-- name: known_as_all
select p.profile, p.child, p.sealed_words
from care_profile p
where p.version = (select max(q.version) from care_profile q where q.child = p.child)
order by p.child;

-- Saved views of a person ($1) and of their team ($2, 0 none), by name.
-- 0 saved_view, 1 account, 2 team, 3 name, 4 query, 5 shown
-- name: saved_view_list
select v.saved_view, v.account, v.team, v.name, v.query, a.shown
from saved_view v join account a on a.account = v.account
where v.removed_at is null and (v.account = $1 or (v.team is not null and v.team = $2))
order by v.name, v.saved_view;

-- name: saved_view_next
select coalesce(max(saved_view), 0) + 1 from saved_view where $1 = 0;

-- name: saved_view_add
insert into saved_view (saved_view, account, team, name, query, at) values ($1, $2, $3, $4, $5, $6);

-- 0 account
-- name: saved_view_owner
select account from saved_view where saved_view = $1 and removed_at is null;

-- name: saved_view_remove
update saved_view set removed_at = $2 where saved_view = $1;
