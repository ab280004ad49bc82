-- SPDX-License-Identifier: MIT
-- For the transaction that fills a record from elsewhere: rows may come before those they name.
set constraints all deferred;
