-- SPDX-License-Identifier: MIT
-- For a connection that commits small changes all the time (docs/decisions/audit-commits.md): the
-- journal stays and is emptied, which lasts as well as deleting it and costs a quarter.
pragma journal_mode = persist;
pragma journal_size_limit = 1048576;
