#!/bin/bash
# SPDX-License-Identifier: MIT
# Everything that may happen to a record: run.sh HEARTH [long]. Two harnesses at a time, since they wait
# for the disk more than they work; what each found, then "N passed, N failed, N skipped".
#   long    1,000 kills, 5,000 cuts, every call failing, 200 backups, 1,200 upgrades, 500 full disks
set -u
here=$(dirname "$0")
hearth=$1
work=$(mktemp -d -t hearth-crash-run.XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
if [ "${2:-}" = long ]; then
	export HEARTH_KILLS=1000 HEARTH_CUTS=5000 HEARTH_FAULTS=all HEARTH_DRILLS=200
	export HEARTH_UPGRADES=1200 HEARTH_FULL=500
fi

harness() { # name, options
	"$here/$1_test.py" "$hearth" "${@:2}" >"$work/$1${2:-}" 2>&1
	echo $? >"$work/$1${2:-}.status"
}
server() { # the same kills with the record on a server, where there is one
	if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
		HEARTH_KILLS=${HEARTH_KILLS:-6} harness kill --server
	else
		printf 'skipped: there is no PostgreSQL here\n0 passed, 0 failed, 1 skipped\n' >"$work/kill--server"
		echo 0 >"$work/kill--server.status"
	fi
}
(for one in kill drill full; do harness $one; done) &
for one in faults power; do harness $one; done
server
wait
status=0
for one in kill kill--server power faults full drill; do
	grep -vE '^[0-9]+ passed' "$work/$one" | sed "s/^/$one: /; s/^$one: skipped/skipped: $one/"
	grep -qE '^[0-9]+ passed' "$work/$one" || echo "0 passed, 1 failed" >>"$work/$one"
	[ "$(cat "$work/$one.status")" -eq 0 ] || status=1
done
cat "$work"/{kill,kill--server,power,faults,full,drill} | awk '/^[0-9]+ passed, [0-9]+ failed/ { ok += $1; bad += $3; skip += $5 }
	END { printf "%d passed, %d failed, %d skipped\n", ok, bad, skip }'
exit $status
