-- SPDX-License-Identifier: MIT
-- For the transaction that fills a record from a backup: rows may come before those they name.
pragma defer_foreign_keys = on;
