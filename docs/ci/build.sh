#!/bin/sh
# One whole build of the library in this folder: what was published before goes in, dist/ comes out. With a mistake in
# the library nothing is made and what is published stays.
set -eu
here=$(dirname "$0")
"$here/ledger.sh" fetch
learnflow build --ledger ledgers --out dist "$@"
"$here/ledger.sh" check
