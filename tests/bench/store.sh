#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Rows into and out of the record against the sqlite3 shell's .import of the same rows from CSV into
# plain tables. Usage: store.sh PROGRAM [CHILDREN]; PROGRAM is the built store_speed.
set -euo pipefail

program=$1
children=${2:-84000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$program" "$folder" "$children"
for round in 1 2 3; do
	rm -f "$folder/shell.db"
	start=$(date +%s.%N)
	for table in children episodes assessments costs; do
		printf '.mode csv\n.import %s %s\n' "$folder/$table.csv" "$table"
	done | sqlite3 "$folder/shell.db"
	end=$(date +%s.%N)
	awk -v a="$start" -v b="$end" -v r="$round" 'BEGIN { printf "sqlite3 .import, round %d %6.3f s\n", r, b - a }'
done
