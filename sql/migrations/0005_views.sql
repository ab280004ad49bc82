-- SPDX-License-Identifier: MIT
-- Named views of the children list: a query of the page's own address, for a person or a team.
-- Search words are never part of it.

create table saved_view (
	saved_view integer primary key,
	account integer not null references account (account),
	team integer references team (team),
	name text not null,
	query text, -- null: no filter
	at bigint not null,
	removed_at bigint
);

create index saved_view_account on saved_view (account);
create index saved_view_team on saved_view (team);

-- A child's page asks for theirs.
create index missing_child on missing (child);
