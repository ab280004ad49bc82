-- SPDX-License-Identifier: MIT
-- How a connection that writes works, besides. The page size counts only for a new file.
pragma page_size = 8192;
pragma journal_mode = delete;
pragma synchronous = extra;
pragma secure_delete = on;

-- The first look at `incoming` sets it up.
select c1 from incoming;
