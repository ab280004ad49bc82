-- SPDX-License-Identifier: MIT
-- 0007 in PostgreSQL only: its number.
comment on domain blob is 'Hearth record, form 7';
