-- SPDX-License-Identifier: MIT
-- 0007 in SQLite only: its number.
pragma user_version = 7;
