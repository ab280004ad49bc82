-- SPDX-License-Identifier: MIT
-- 0005 in PostgreSQL only: its number.
comment on domain blob is 'Hearth record, form 5';
