-- SPDX-License-Identifier: MIT
-- Takes away what 0007 has sealed; in one transaction with it (store/sealing.c).
drop table personal;
drop table child_identity;
alter table identity rename to child_identity;
alter table uasc drop column duc;
alter table import_problem drop column value;
