#!/usr/bin/env python3
"""The panel: programs that others read feeds and calendars with read every file of a built site, and all have to
read the same items with the same id, link, title and instant.

    tests/panel/panel.py FOLDER TOOLS     a folder that `learnflow build` wrote, and where `tools.sh` put the readers

What is right is what the file says to a plain XML parser, and the RSS, Atom and JSON of one feed have to say the same.
A reader that is missing fails the panel. `docs/panel.md` has a line for each, and for those that are left out.
"""

import datetime
import email.utils
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as tree
from collections import namedtuple

HERE = pathlib.Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"
# The JSON of the same feed.
TWINS = {
    "feed.xml": "feed.json",
    "atom.xml": "feed.json",
    "full.xml": "full.json",
    "full-atom.xml": "full.json",
}

# Its name in `docs/panel.md`, the kinds of files that it reads, its command below the folder of tools.
Reader = namedtuple("Reader", "name kinds command")
READERS = [
    Reader("feedparser (PyPI)", ["rss", "atom"], ["{tools}/venv/bin/python", "{here}/read_feedparser.py"]),
    Reader("icalendar (PyPI)", ["ics"], ["{tools}/venv/bin/python", "{here}/read_icalendar.py"]),
    Reader("rss-parser (npm)", ["rss", "atom"], ["node", "{here}/node.mjs", "rss-parser"]),
    Reader("feedparser (npm)", ["rss", "atom"], ["node", "{here}/node.mjs", "feedparser"]),
    Reader("ical.js (npm)", ["ics"], ["node", "{here}/node.mjs", "ical.js"]),
    Reader("node-ical (npm)", ["ics"], ["node", "{here}/node.mjs", "node-ical"]),
    Reader("rss (Ruby)", ["rss", "atom"], ["ruby", "{here}/rss.rb"]),
    Reader("SimplePie (WordPress)", ["rss", "atom"], ["php", "{here}/simplepie.php", "{tools}/wordpress/wp-includes"]),
    Reader("SyndicationFeed (mono)", ["rss", "atom"], ["mono", "{tools}/Syndication.exe"]),
]


def utc(instant):
    return instant.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso(text):
    return utc(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")))


def rss(path):
    return [
        {
            "id": item.findtext("guid"),
            "link": item.findtext("link"),
            "title": item.findtext("title"),
            "date": utc(email.utils.parsedate_to_datetime(item.findtext("pubDate"))),
        }
        for item in tree.parse(path).getroot().iter("item")
    ]


def atom(path):
    return [
        {
            "id": entry.findtext(ATOM + "id"),
            "link": next(link.get("href") for link in entry.iter(ATOM + "link") if link.get("rel") == "alternate"),
            "title": entry.findtext(ATOM + "title"),
            "date": iso(entry.findtext(ATOM + "published")),
        }
        for entry in tree.parse(path).getroot().iter(ATOM + "entry")
    ]


def json_feed(path):
    return [
        {"id": item["id"], "link": item["url"], "title": item["title"], "date": iso(item["date_published"])}
        for item in json.loads(path.read_text())["items"]
    ]


def ics(path):
    """The events of a calendar by the letter of the standard, as far as ours goes: no time zones, no repetitions."""
    lines = path.read_bytes().decode().replace("\r\n ", "").split("\r\n")
    items, event = [], None
    for line in lines:
        name, _, value = line.partition(":")
        name = name.partition(";")[0]
        if line == "BEGIN:VEVENT":
            event = {"id": None, "link": None, "title": None, "date": None, "end": None}
        elif line == "END:VEVENT":
            items.append(event)
            event = None
        elif event is not None:
            key = {"UID": "id", "URL": "link", "SUMMARY": "title", "DTSTART": "date", "DTEND": "end"}.get(name)
            if key in ("date", "end"):
                form = "%Y%m%dT%H%M%SZ" if "T" in value else "%Y%m%d"
                value = datetime.datetime.strptime(value, form)
                value = value.strftime("%Y-%m-%dT%H:%M:%SZ" if "T" in form else "%Y-%m-%d")
            elif key == "title":
                value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
            if key:
                event[key] = value
    return items


def files(folder):
    """Every feed and calendar below a folder, by kind, with what it says. Readers skip what has no items: there is
    nothing to read wrongly in it, and some complain of it."""
    found, wrong = {"rss": {}, "atom": {}, "ics": {}}, []
    for path in sorted(folder.rglob("*.xml")):
        root = tree.parse(path).getroot().tag
        kind = {"rss": "rss", ATOM + "feed": "atom"}.get(root)
        if not kind:
            continue
        items = {"rss": rss, "atom": atom}[kind](path)
        found[kind][str(path)] = items
        twin = path.with_name(TWINS.get(path.name, "none"))
        if twin.exists() and json_feed(twin) != items:
            wrong.append(f"{path}: {twin.name} says something else")
    for path in sorted(folder.rglob("*.ics")):
        found["ics"][str(path)] = ics(path)
    return {kind: {path: items for path, items in all.items() if items} for kind, all in found.items()}, wrong


def differences(said, items):
    if len(said) != len(items):
        yield f"{len(said)} of {len(items)} items"
        return
    # The order of events says nothing; that of a feed's items does.
    if items and "end" in items[0]:
        said, items = (sorted(all, key=lambda one: str(one["id"])) for all in (said, items))
    for one, item in zip(said, items):
        for key, value in item.items():
            if one[key] != value:
                yield f"{item['id']}: {key} {one[key]!r}, not {value!r}"


def ask(reader, kind, known, tools):
    command = [part.format(tools=tools, here=HERE / "readers") for part in reader.command]
    try:
        run = subprocess.run(command, input="".join(path + "\n" for path in known).encode(), capture_output=True)
    except OSError as error:
        return [f"it cannot be run: {error}"]
    wrong = [] if run.returncode == 0 else [f"it failed: {run.stderr.decode(errors='replace').strip()[-600:]}"]
    read = {}
    for line in run.stdout.decode().splitlines():
        one = json.loads(line)
        read[one["path"]] = one
    for path, items in known.items():
        one = read.get(path)
        if one is None:
            wrong.append(f"{path}: not read")
            continue
        if one["wrong"]:
            wrong.append(f"{path}: {one['wrong']}")
        wrong.extend(f"{path}: {told}" for told in differences(one["items"], items))
    return wrong


def main():
    folder, tools = (pathlib.Path(given).resolve() for given in sys.argv[1:])
    known, wrong = files(folder)
    for told in wrong:
        print(told)
    failed = bool(wrong)
    for kind, all in known.items():
        if len(all) < 5:
            print(f"only {len(all)} files of kind {kind} with something in them: that is no panel")
            failed = True
    for reader in READERS:
        for kind in reader.kinds:
            wrong = ask(reader, kind, known[kind], tools)
            items = sum(map(len, known[kind].values()))
            print(f"{reader.name}: {len(known[kind])} {kind} files, {items} items, {len(wrong)} wrong")
            for told in wrong[:10]:
                print(f"  {told}")
            failed = failed or bool(wrong)
    sys.exit(1 if failed else 0)


main()
