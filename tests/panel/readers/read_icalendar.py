"""Python's icalendar: paths in, a line of JSON a path out."""
import datetime
import json
import sys

from icalendar import Calendar


def instant(value):
    if value is None:
        return None
    value = value.dt
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


for path in sys.stdin.read().split("\n"):
    if not path:
        continue
    read = Calendar.from_ical(open(path, "rb").read())
    items = [
        {
            "id": str(event["UID"]),
            "link": str(event["URL"]) if "URL" in event else None,
            "title": str(event["SUMMARY"]),
            "date": instant(event.get("DTSTART")),
            "end": instant(event.get("DTEND")),
        }
        for event in read.walk("VEVENT")
    ]
    wrong = [f"{name}: {why}" for event in read.walk() for name, why in event.errors]
    print(json.dumps({"path": path, "items": items, "wrong": "; ".join(wrong) or None}))
