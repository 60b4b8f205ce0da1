#!/bin/sh
# What was published before, for the next build.
#
#   ledger.sh fetch    brings the ledger of every site into the folder ledgers/, before a build
#   ledger.sh check    says whether they are still what is published, before publishing
#
# A build without its ledger would post everything again. So whatever is not clear stops the publishing: only where
# neither a ledger nor a feed answers, and both say so with 404, is it a first build.
set -eu

answer() { # ADDRESS FILE: the code of the answer, its body in the file
  curl --silent --location --retry 3 --max-time 120 --output "$2" --write-out '%{http_code}' "$1" || true
}

value() { # KEY FILE: a plain value of site.yaml
  sed -n "s/^$1:[[:space:]]*//p" "$2" | sed "s/[[:space:]]#.*//" | tr -d "\"'\r" | head -n 1
}

stop() {
  echo "$1" >&2
  exit 1
}

mkdir -p ledgers
for file in sites/*/site.yaml; do
  site=$(value id "$file")
  base=$(value base_url "$file")
  base=${base%/}
  known="ledgers/$site.json"
  now="ledgers/$site.now"
  rm -f "$now"
  code=$(answer "$base/ledger.json" "$now")
  if [ "$code" = 404 ]; then
    rm -f "$now"
    feed=$(answer "$base/feed.xml" /dev/null)
    [ "$feed" = 404 ] || stop "$site: there is no ledger, but $base/feed.xml answered $feed. Nothing is published; recover the ledger first."
  elif [ "$code" != 200 ]; then
    stop "$site: $base/ledger.json answered $code. Nothing is published; run it again when the site answers."
  fi
  case "${1:-}" in
    fetch)
      rm -f "$known"
      if [ -f "$now" ]; then mv "$now" "$known"; else echo "$site: nothing is published yet"; fi
      ;;
    check)
      if [ -f "$now" ] && [ -f "$known" ] && cmp -s "$now" "$known"; then rm -f "$now"
      elif [ ! -f "$now" ] && [ ! -f "$known" ]; then :
      else
        rm -f "$now"
        stop "$site: something else was published in the meantime. Run it again, so that it begins with what is there now."
      fi
      ;;
    *) stop "ledger.sh fetch, or ledger.sh check" ;;
  esac
done
