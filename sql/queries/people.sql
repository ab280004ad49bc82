-- SPDX-License-Identifier: MIT
-- Accounts, sessions, teams, allocations, guarded records (src/people/) and the key in use
-- (store/vault.c).

-- 0 key_number, 1 mark
-- name: vault_key
select key_number, mark from vault where vault = 1;

-- name: vault_key_add
insert into vault (vault, key_number, mark) values (1, $1, $2);

-- name: account_next
select coalesce(max(account), 0) + 1 from account where $1 = 0;

-- name: account_add
insert into account (account, login, shown, role, every_authority, team, demonstration, created,
	password, password_state, password_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- 0 account, 1 login, 2 shown, 3 role, 4 every_authority, 5 team, 6 team name, 7 demonstration,
-- 8 created, 9 disabled_at, 10 password_state, 11 password_at, 12 last_sign_in, 13 has a second factor
-- name: account_list
select a.account, a.login, a.shown, a.role, a.every_authority, a.team, t.name, a.demonstration,
	a.created, a.disabled_at, a.password_state, a.password_at, a.last_sign_in,
	case when f.sealed_secret is null then 0 else 1 end
from account a
left join team t on t.team = a.team
left join account_factor f on f.account = a.account
order by a.login;

-- name: account_by_id
select a.account, a.login, a.shown, a.role, a.every_authority, a.team, t.name, a.demonstration,
	a.created, a.disabled_at, a.password_state, a.password_at, a.last_sign_in,
	case when f.sealed_secret is null then 0 else 1 end
from account a
left join team t on t.team = a.team
left join account_factor f on f.account = a.account
where a.account = $1;

-- name: account_by_login
select a.account, a.login, a.shown, a.role, a.every_authority, a.team, t.name, a.demonstration,
	a.created, a.disabled_at, a.password_state, a.password_at, a.last_sign_in,
	case when f.sealed_secret is null then 0 else 1 end
from account a
left join team t on t.team = a.team
left join account_factor f on f.account = a.account
where a.login = $1;

-- name: account_count
select count(*) from account where $1 = 0;

-- Those of a demonstration who may sign in.
-- name: account_demonstration_count
select count(*) from account where demonstration = 1 and disabled_at is null and $1 = 0;

-- Administrators for every authority who are not disabled, but $1.
-- name: account_other_administrators
select count(*) from account
where role = 'administrator' and every_authority = 1 and disabled_at is null
	and password_state <> 0 and account <> $1;

-- name: account_change
update account set shown = $2, role = $3, every_authority = $4, team = $5 where account = $1;

-- name: account_set_disabled
update account set disabled_at = $2 where account = $1;

-- name: account_set_password
update account set password = $2, password_state = $3, password_at = $4 where account = $1;

-- name: account_set_signed_in
update account set last_sign_in = $2 where account = $1;

-- 0 password
-- name: account_password
select password from account where account = $1;

-- 0 authority
-- name: account_authorities
select authority from account_authority where account = $1 order by authority;

-- name: account_authority_add
insert into account_authority (account, authority) values ($1, $2)
on conflict (account, authority) do nothing;

-- name: account_authorities_clear
delete from account_authority where account = $1;

-- 0 sealed_secret, 1 sealed_offer, 2 step
-- name: factor_read
select sealed_secret, sealed_offer, step from account_factor where account = $1;

-- name: factor_add
insert into account_factor (account, step) values ($1, 0) on conflict (account) do nothing;

-- name: factor_set_offer
update account_factor set sealed_offer = $2 where account = $1;

-- name: factor_set_secret
update account_factor set sealed_secret = $2, sealed_offer = null, step = $3 where account = $1;

-- name: factor_set_step
update account_factor set step = $2 where account = $1;

-- name: factor_clear
delete from account_factor where account = $1;

-- name: recovery_add
insert into recovery_code (account, digest) values ($1, $2);

-- name: recovery_clear
delete from recovery_code where account = $1;

-- 0 whether there is one
-- name: recovery_find
select 1 from recovery_code where account = $1 and digest = $2;

-- name: recovery_use
delete from recovery_code where account = $1 and digest = $2;

-- name: recovery_left
select count(*) from recovery_code where account = $1;

-- name: session_add
insert into session (digest, account, stage, device, began, seen, proved)
values ($1, $2, $3, $4, $5, $5, $5);

-- 0 account, 1 stage, 2 began, 3 seen, 4 proved
-- name: session_find
select account, stage, began, seen, proved from session where digest = $1;

-- name: session_touch
update session set seen = $2 where digest = $1;

-- The old token's row becomes the new one's: never two of one session. The row keeps its start.
-- name: session_renew
update session set digest = $2, stage = $3, seen = $4, proved = $5 where digest = $1;

-- name: session_end
delete from session where digest = $1;

-- name: session_end_all
delete from session where account = $1 and digest <> $2;

-- Those over: last used before $1 or begun before $2.
-- name: session_sweep
delete from session where seen <= $1 or began <= $2;

-- Newest first. 0 digest, 1 device, 2 began, 3 seen
-- name: session_list
select digest, device, began, seen from session where account = $1
order by began desc, digest;

-- 0 team, 1 name, 2 authority
-- name: team_list
select team, name, authority from team order by authority, name;

-- name: team_find
select team, name, authority from team where authority = $1 and name = $2;

-- name: team_next
select coalesce(max(team), 0) + 1 from team where $1 = 0;

-- name: team_add
insert into team (team, name, authority) values ($1, $2, $3);

-- name: team_authority
select authority from team where team = $1;

-- name: allocation_next
select coalesce(max(allocation), 0) + 1 from allocation where $1 = 0;

-- name: allocation_add
insert into allocation (allocation, child, account, "from") values ($1, $2, $3, $4);

-- name: allocation_standing
select allocation from allocation where child = $1 and account = $2 and "until" is null;

-- name: allocation_end
update allocation set "until" = $3 where child = $1 and account = $2 and "until" is null;

-- 0 child, 1 account, 2 from, 3 shown ($1 = 0: of all children)
-- name: allocation_list
select l.child, l.account, l."from", a.shown
from allocation l join account a on a.account = l.account
where l."until" is null and ($1 = 0 or l.child = $1)
order by l.child, l."from";

-- What stands between an account ($1) of a team ($2, 0 none) and children ($3, 0 all) at $4.
-- 0 child, 1 what: 1 allocated, 2 allocated in the team, 3 restricted, 4 sealed, 5 address guarded,
-- 6 named, 7 broken glass; 2 until when
-- name: relations_read
select child, 1, 0 from allocation
where account = $1 and "until" is null and ($3 = 0 or child = $3)
union all
select l.child, 2, 0 from allocation l join account a on a.account = l.account
where $2 <> 0 and a.team = $2 and l."until" is null and ($3 = 0 or l.child = $3)
union all
select child, 2 + guard, 0 from guarding where guard > 0 and ($3 = 0 or child = $3)
union all
select child, 5, 0 from guarding where address = 1 and ($3 = 0 or child = $3)
union all
select child, 6, 0 from guarding_named where account = $1 and ($3 = 0 or child = $3)
union all
select child, 7, "until" from glass
where account = $1 and "from" <= $4 and "until" > $4 and ($3 = 0 or child = $3)
order by 1;

-- 0 guard, 1 address, 2 sealed_reason, 3 at, 4 set_by
-- name: guarding_read
select guard, address, sealed_reason, at, set_by from guarding where child = $1;

-- 0 account
-- name: guarding_named
select account from guarding_named where child = $1 order by account;

-- name: guarding_clear
delete from guarding where child = $1;

-- name: guarding_named_clear
delete from guarding_named where child = $1;

-- name: guarding_add
insert into guarding (child, guard, address, sealed_reason, at, set_by)
values ($1, $2, $3, $4, $5, $6);

-- name: guarding_named_add
insert into guarding_named (child, account) values ($1, $2)
on conflict (child, account) do nothing;

-- name: glass_next
select coalesce(max(glass), 0) + 1 from glass where $1 = 0;

-- name: glass_add
insert into glass (glass, child, account, authority, sealed_reason, "from", "until")
values ($1, $2, $3, $4, $5, $6, $7);

-- name: glass_end
update glass set "until" = $3 where child = $1 and account = $2 and "until" > $3;

-- 0 glass, 1 child, 2 account, 3 shown, 4 authority, 5 sealed_reason, 6 from, 7 until,
-- 8 reviewed_at, 9 who reviewed, 10 sealed_finding ($1 = 1: the reviewed ones too)
-- name: glass_list
select g.glass, g.child, g.account, a.shown, g.authority, g.sealed_reason, g."from", g."until",
	g.reviewed_at, r.shown, g.sealed_finding
from glass g join account a on a.account = g.account
left join account r on r.account = g.reviewed_by
where $1 = 1 or g.reviewed_at is null
order by g.glass;

-- 0 account, 1 child, 2 authority, 3 reviewed_at
-- name: glass_find
select account, child, authority, reviewed_at from glass where glass = $1;

-- name: glass_review
update glass set reviewed_at = $2, reviewed_by = $3, sealed_finding = $4
where glass = $1 and reviewed_at is null;

-- 0 setting, 1 value
-- name: setting_list
select setting, value from setting;

-- name: setting_set
insert into setting (setting, value) values ($1, $2)
on conflict (setting) do update set value = excluded.value;

-- The authorities that rows of the record are of. 0 authority
-- name: authorities_of_record
select authority from children where authority is not null
union select la from header where la is not null
order by 1;
