#!/bin/bash
# SPDX-License-Identifier: MIT
# Compares the program with the reference on messy populations: differential.sh BINARY SEEDS...
#   CHILDREN="0 1 3 40"   sizes, taken in turn by seed        CONTESTED=1  plant what is left open
#   COMPARE="--ignore A4" options for compare.py              KEEP=FOLDER  keep files of failures
# A line for every difference, then "N passed, N failed"; exit 1 where any failed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 2 ] || { sed -n '3,7p' "$0" >&2; exit 2; }
binary=$1
shift
read -r -a sizes <<<"${CHILDREN:-0 1 2 3 7 20 60 200 500 1200}"
days=(2023-03-31 2021-02-28 2024-02-29)
filters=('' 'age_band=12-16 placement_group=residential' 'sex=female' 'disability=yes ehcp=no')
work=$(mktemp -d -t differential.XXXXXX) || exit 2
trap 'rm -rf "$work"' EXIT
# random letters may spell a year, which the program would read as a collection year
[[ $work =~ 20[0-9][0-9] ]] && exec "$0" "$binary" "$@"
passed=0 failed=0

outcome() { # 0 or not, what, file of differences
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "FAILED $2"
	sed -e 's/^/  /' "$3" | head -n "${LINES_SHOWN:-12}"
}

for seed in "$@"; do
	size=${sizes[$((seed % ${#sizes[@]}))]}
	data=$work/data
	rm -rf "$data" "$work"/db.sqlite* "$work"/*.json "$work"/*.csv
	/usr/bin/python3 "$here/messy.py" --seed "$seed" --children "$size" --out "$data" \
		${CONTESTED:+--contested} || exit 2
	before=$failed
	"$binary" --db "$work/db.sqlite" import "$data" --problems "$work/theirs.csv" \
		>"$work/out" 2>"$work/err"
	code=$?
	/usr/bin/python3 "$here/oracle.py" --quiet --problems "$work/ours.csv" "$data" >/dev/null
	expected=$?
	echo "import ended with $code, expected $expected" | cat - "$work/err" >"$work/say"
	[ "$code" -eq "$expected" ]
	outcome $? "seed $seed, $size children: exit code of import" "$work/say"
	/usr/bin/python3 "$here/compare.py" --problems "$work/ours.csv" "$work/theirs.csv" \
		>"$work/say" 2>&1
	outcome $? "seed $seed, $size children: problems" "$work/say"
	for day in "${days[@]}"; do
		for filter in "${filters[@]}"; do
			where=()
			[ -n "$filter" ] && where=(--where "$filter")
			"$binary" --db "$work/db.sqlite" report --as-at "$day" --format json \
				"${where[@]}" >"$work/theirs.json" 2>"$work/err"
			/usr/bin/python3 "$here/oracle.py" --as-at "$day" "${where[@]}" "$data" \
				>"$work/ours.json"
			# shellcheck disable=SC2086
			/usr/bin/python3 "$here/compare.py" ${COMPARE:-} "$work/ours.json" \
				"$work/theirs.json" >"$work/say" 2>&1
			same=$?
			cat "$work/err" >>"$work/say"
			outcome $same "seed $seed, $size children: $day ${filter:-everyone}" "$work/say"
			if [ $same -ne 0 ] && [ -n "${KEEP:-}" ]; then
				mkdir -p "$KEEP/$seed"
				cp "$work/theirs.json" "$KEEP/$seed/theirs-$day-${filter// /-}.json"
				cp "$work/ours.json" "$KEEP/$seed/ours-$day-${filter// /-}.json"
			fi
		done
	done
	if [ "$failed" -ne "$before" ] && [ -n "${KEEP:-}" ]; then
		mkdir -p "$KEEP/$seed" && cp -r "$data" "$work/ours.csv" "$work/theirs.csv" "$KEEP/$seed/"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
