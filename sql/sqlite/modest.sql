-- SPDX-License-Identifier: MIT
-- One of many connections of a program: what each keeps of the file adds up.
pragma cache_size = -2048;
