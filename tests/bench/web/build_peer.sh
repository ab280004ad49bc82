#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds better-sqlite3 for the node that is here, from the source in its package and the headers
# beside node; npm runs no scripts of packages. Once: later calls end at once.
set -eu
cd "$(dirname "$0")/.."
built=node_modules/better-sqlite3/build/Release/better_sqlite3.node
[ -s "$built" ] && exit 0
prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
[ -e "$prefix/include/node/node.h" ] || {
	echo "skipped: the headers of node are not in $prefix/include/node (Debian: libnode-dev)" >&2
	exit 77
}
node node_modules/node-gyp/bin/node-gyp.js rebuild --release --nodedir="$prefix" \
	-C node_modules/better-sqlite3 >node_modules/better-sqlite3/build.log 2>&1 || {
	tail -n 20 node_modules/better-sqlite3/build.log >&2
	exit 1
}
