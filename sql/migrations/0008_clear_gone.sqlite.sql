-- SPDX-License-Identifier: MIT
-- 0008 in SQLite only: its number.
pragma user_version = 8;
