-- SPDX-License-Identifier: MIT
-- 0002 in SQLite only: its number.
pragma user_version = 2;
