-- SPDX-License-Identifier: MIT
-- A transaction that writes beside the rows of imports; it waits for others of its kind, and for one
-- that has written into the log (audit_hold), not for an import.
begin isolation level read committed read write;
select pg_advisory_xact_lock(1215460457);
