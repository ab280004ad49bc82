-- SPDX-License-Identifier: MIT
-- The first look at a file: is it a database, and has a writer left it half way?
select count(*) from sqlite_master;
