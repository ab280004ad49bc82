-- SPDX-License-Identifier: MIT
-- Takes the journal of serve.sql away.
pragma journal_mode = delete;
