-- SPDX-License-Identifier: MIT
-- To be told when the record changes (migration 0002).
listen hearth_record;
