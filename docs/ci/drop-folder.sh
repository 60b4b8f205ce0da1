#!/bin/sh
# Builds, and lays a site into a folder that somebody's host publishes as it is: a share, a mounted WebDAV folder, the
# folder of a sync client. It needs learnflow, curl and cp, and no rsync.
#
#   drop-folder.sh learning /mnt/intranet/learn
#
# In a crontab, a few minutes after things are due and half an hour later, in case the first was missed:
#
#   2,32 * * * *  cd /srv/library && git pull --quiet --ff-only && ci/drop-folder.sh learning /mnt/intranet/learn
set -eu
here=$(cd "$(dirname "$0")" && pwd)
site=$1
target=$2

# One at a time: two builds from one ledger would give an item two stamps.
mkdir -p dist "$target"
if ! mkdir dist/at-work 2> /dev/null; then
  echo "another build is at work; if not, remove dist/at-work" >&2
  exit 0
fi
trap 'rmdir dist/at-work' EXIT

"$here/build.sh"
copy() { # PATH: if it is new or otherwise
  if cmp -s "dist/public/$site/$1" "$target/$1"; then return; fi
  mkdir -p "$(dirname "$target/$1")"
  cp "dist/public/$site/$1" "$target/$1"
}
list() { (cd "dist/public/$site" && find . -type f "$@"); }
# Pages before the feeds that name them, and the ledger last.
list ! -name '*.xml' ! -name '*.json' | while IFS= read -r file; do copy "$file"; done
list \( -name '*.xml' -o -name '*.json' \) ! -name ledger.json | while IFS= read -r file; do copy "$file"; done
copy ./ledger.json
