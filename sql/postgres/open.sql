-- SPDX-License-Identifier: MIT
-- How every connection works (docs/decisions/postgresql-driver.md says why).
set statement_timeout = '10min';
set lock_timeout = '10s';
set idle_in_transaction_session_timeout = '10min';
set synchronous_commit = on;
set synchronize_seqscans = off;
set max_parallel_workers_per_gather = 0;
set jit = off;
set random_page_cost = 1.1;
set work_mem = '64MB';
set timezone = 'UTC';
set standard_conforming_strings = on;
