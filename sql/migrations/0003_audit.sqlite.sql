-- SPDX-License-Identifier: MIT
-- 0003 in SQLite only: its number.
pragma user_version = 3;
