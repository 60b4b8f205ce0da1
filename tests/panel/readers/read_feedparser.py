"""Python's feedparser, which Zulip's bot reads with: paths in, a line of JSON a path out."""
import calendar
import json
import sys
import time

import feedparser

for path in sys.stdin.read().split("\n"):
    if not path:
        continue
    feed = feedparser.parse(open(path, "rb").read())
    items = []
    for entry in feed.entries:
        date = entry.get("published_parsed")
        items.append({
            "id": entry.get("id"),
            "link": entry.get("link"),
            "title": entry.get("title"),
            "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(calendar.timegm(date))) if date else None,
        })
    wrong = str(feed.bozo_exception) if feed.bozo else None
    print(json.dumps({"path": path, "items": items, "wrong": wrong}))
