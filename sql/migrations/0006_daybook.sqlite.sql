-- SPDX-License-Identifier: MIT
-- 0006 in SQLite only: its number.
pragma user_version = 6;
