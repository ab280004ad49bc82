-- SPDX-License-Identifier: MIT
-- Which record this is. 0 its mark (0 in an empty file), 1 migrations applied, 2 tables it has
-- name: record_version (sqlite)
select a.application_id, v.user_version, (select count(*) from sqlite_master)
from pragma_application_id a, pragma_user_version v;
