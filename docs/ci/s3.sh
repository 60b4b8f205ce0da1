#!/bin/sh
# Builds, and sends a site to a bucket of S3 or of what speaks like it. It needs learnflow, curl and the AWS command
# line; keys come from the environment, as that program reads them.
#
#   S3_ENDPOINT=https://s3.example.org s3.sh learning learn-example-org
#
# Run it a few minutes after things are due and half an hour later, one at a time. The bucket has to answer with
# `Access-Control-Allow-Origin: *`, which is a setting of the bucket.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
site=$1
bucket=$2

"$here/build.sh"
send() {
  aws ${S3_ENDPOINT:+--endpoint-url "$S3_ENDPOINT"} s3 sync --only-show-errors \
    --cache-control max-age=300 "dist/public/$site/" "s3://$bucket/" "$@"
}
only() { # NAME TYPE
  send --exclude '*' --include "$1" --include "*/$1" --content-type "$2"
}
# Pages before the feeds that name them, each feed with its type, and the ledger last.
send --exclude '*.xml' --exclude '*.json' --exclude '*.ics'
only calendar.ics 'text/calendar; charset=utf-8'
only feed.json application/feed+json
only oembed.json application/json
only atom.xml 'application/atom+xml; charset=utf-8'
only feed.xml 'application/rss+xml; charset=utf-8'
send --exclude ledger.json
send --delete
