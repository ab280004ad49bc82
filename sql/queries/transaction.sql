-- SPDX-License-Identifier: MIT
-- A transaction that writes; the second writer waits for the first.

-- name: begin (sqlite)
begin immediate;

-- name: commit
commit;

-- name: rollback
rollback;

-- Several questions to one state of the record, under one lock.
-- name: look (sqlite)
begin deferred;
