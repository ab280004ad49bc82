-- SPDX-License-Identifier: MIT
-- Several questions to one state of the record; nobody waits for it.
begin isolation level repeatable read read only;
