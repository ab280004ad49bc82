-- SPDX-License-Identifier: MIT
-- 0004 in SQLite only: its number.
pragma user_version = 4;
