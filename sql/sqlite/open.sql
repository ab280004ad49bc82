-- SPDX-License-Identifier: MIT
-- How every connection works (docs/decisions/sqlite-durability.md says why).
pragma cell_size_check = on;
pragma temp_store = memory;
pragma foreign_keys = on;
pragma cache_size = -65536;
