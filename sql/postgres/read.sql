-- SPDX-License-Identifier: MIT
-- How a connection that only reads works, besides.
set default_transaction_read_only = on;
