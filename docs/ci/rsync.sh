#!/bin/sh
# Builds, and copies a site to a web server or into a folder. For a machine of your own with learnflow, curl and rsync.
#
#   rsync.sh learning www@web.example.org:/srv/learn      over SSH
#   rsync.sh learning /mnt/intranet/learn                 into a drop folder that is published as it is
#
# In a crontab, a few minutes after things are due and half an hour later, in case the first was missed:
#
#   2,32 * * * *  cd /srv/library && git pull --quiet --ff-only && ci/rsync.sh learning www@web.example.org:/srv/learn
#
# `learnflow plan --next --format cron` prints the line of the next change alone.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
site=$1
target=$2

# One at a time: two builds from one ledger would give an item two stamps.
mkdir -p dist
exec 9> dist/lock
flock --nonblock 9 || { echo "another build is at work" >&2; exit 0; }

"$here/build.sh"
# Pages before the feeds that name them. Times are not copied: a file is as new as its publication, or programs that
# ask "anything since my last look?" would be told no.
copy() { rsync --recursive --checksum "$@" "dist/public/$site/" "$target/"; }
copy --exclude='*.xml' --exclude='*.json'
copy --delete-after
