-- SPDX-License-Identifier: MIT
-- A transaction that writes; the second writer waits for the first. The lock is the record's mark
-- ("Hrth"), held to the end of the transaction; what is asked after it sees all that was committed.
begin isolation level read committed read write;
select pg_advisory_xact_lock(1215460456);
