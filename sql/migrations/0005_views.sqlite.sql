-- SPDX-License-Identifier: MIT
-- 0005 in SQLite only: its number.
pragma user_version = 5;
