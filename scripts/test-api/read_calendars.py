"""Reads the calendars of a running instance as others read them: with the parser `icalendar`, with `vdirsyncer`, which keeps a copy on
this disk as a telephone does, and with `khal`, which shows that copy in the county's time. What was planned is said here by hand, in the
county's time, over a year; then it is moved, left out, called off, and each must follow.
"""

import datetime
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
import zoneinfo

import icalendar

import fuzz

COUNTY = zoneinfo.ZoneInfo("Asia/Shanghai")
PROGRAMS = pathlib.Path(sys.executable).parent
LOGIN, PASSWORD_OF = "scheduler.youyi", "scheduler"
checks = 0


def held(what: str, found: object, expected: object) -> None:
    global checks
    checks += 1
    if found != expected:
        sys.exit(f"api result: FAILED. {what}: {found!r} instead of {expected!r}")


class Client:
    """One who is signed in, or nobody."""

    def __init__(self, url: str, token: str | None = None):
        self.url, self.token = url, token

    def ask(self, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(path if path.startswith("http") else f"{self.url}/api/v1{path}")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", str(uuid.uuid4()))
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def told(self, path: str, body: object = None, **headers: str) -> dict:
        status, answered, text = self.ask(path, body, **headers)
        if status not in (200, 201):
            sys.exit(f"{path}: {status} {text.decode()}")
        return json.loads(text) | {"etag": answered.get("etag") or answered.get("ETag")}

    def deed(self, event: int, verb: str, body: object) -> dict:
        return self.told(f"/events/{event}/{verb}", body, If_Match=self.told(f"/events/{event}")["etag"])


def county(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, minute, tzinfo=COUNTY)


def session(venue: int, start: datetime.datetime, minutes: int) -> dict:
    end = start + datetime.timedelta(minutes=minutes)
    return {"venue_id": venue, "starts_at": start.isoformat(), "ends_at": end.isoformat()}


def parsed(text: bytes) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}


class Telephone:
    """A copy of one calendar, kept by vdirsyncer and shown by khal."""

    def __init__(self, folder: pathlib.Path, address: str):
        self.folder, self.copy = folder, folder / "copy"
        self.copy.mkdir(parents=True)
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n[pair feed]\na = "remote"\nb = "copy"\ncollections = null\n'
            f'conflict_resolution = "a wins"\n[storage remote]\ntype = "http"\nurl = "{address}"\n'
            f'[storage copy]\ntype = "filesystem"\npath = "{self.copy}"\nfileext = ".ics"\n'
        )
        (folder / "khal").write_text(
            f"[calendars]\n[[feed]]\npath = {self.copy}\ntype = calendar\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
            "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"local_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\n[sqlite]\npath = {folder}/khal.db\n"
        )
        self.program("vdirsyncer", "discover", said="y\ny\n")

    def program(self, name: str, *words: str, said: str = "") -> str:
        done = subprocess.run([PROGRAMS / name, "-c", self.folder / name, *words], input=said, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"api result: FAILED. {name} {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def look(self, title: str) -> list[tuple[str, str]]:
        """When khal shows the sessions whose titles end so, after another synchronisation, in the order of time."""
        self.program("vdirsyncer", "sync")
        since = datetime.datetime.now(COUNTY).date() - datetime.timedelta(days=1)
        shown = self.program("khal", "list", "--day-format", "", "--format", "{uid}|{start-long}|{end-long}|{title}", str(since), "430d")
        rows = {tuple(line.split("|", 3)) for line in shown.splitlines() if "|" in line}
        return sorted((start, f"{end} {words}") for _, start, end, words in rows if words.endswith(title))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kepu-calendars-") as name:
        folder = pathlib.Path(name)
        (folder / "server").mkdir()
        with fuzz.Server(folder / "server", log="info") as server:
            follow(folder, server)
            held("failures in the log", server.failures(), [])
    print(f"api result: ok. calendars: {checks} looks by icalendar, vdirsyncer and khal", flush=True)
    return 0


def follow(folder: pathlib.Path, server: fuzz.Server) -> None:
    password = fuzz.accounts(server)[PASSWORD_OF][1]
    planner, anyone = Client(server.url, server.token(LOGIN, password)), Client(server.url)
    me = planner.told("/me")
    organiser = next(grant["organisation"]["id"] for grant in me["grants"] if grant["role"] == "scheduler")
    division = planner.told(f"/organisations/{organiser}")["division_code"]
    venue = planner.told(
        "/venues",
        {"name": "日历核对室, 一楼", "organisation_id": organiser, "division_code": division, "address": "镇政府", "capacity": 40, "free_to_book": True},
    )["id"]

    # Every month of the year to come, and the night in which the year changes; what begins in the evening of one day in UTC is the next
    # morning's in the county.
    today = datetime.datetime.now(COUNTY).date()
    months = [(today.year + (today.month + n - 1) // 12, (today.month + n - 1) % 12 + 1) for n in range(1, 12)]
    starts = [county(year, month, 15, 6, 30) for year, month in months] + [county(today.year, 12, 31, 23, 30)]
    starts = sorted(start for start in starts if start > datetime.datetime.now(COUNTY))
    lasts = 90
    title = "日历核对：夜里看星星, 早上看鸟; 自带望远镜"
    facts = {
        "organiser_id": organiser, "title": title, "description": "第一行\n第二行，" + "很长的一段话" * 30, "kind": "lecture", "audience": "general", "expected": 20,
        "division_code": division, "open": True, "sessions": [session(venue, start, lasts) for start in starts],
    }  # fmt: skip
    event = planner.told("/events", facts)["id"]
    planner.deed(event, "publish", {})

    path = f"/venues/{venue}/calendar.ics"
    made = planner.told("/me/feeds", {"kind": "organisation", "organisation_id": organiser})
    feeds = {"public": f"{server.url}/api/v1/organisations/{organiser}/calendar.ics", "venue": f"{server.url}/api/v1{path}", "secret": made["address"]}
    telephones = {which: Telephone(folder / which, address) for which, address in feeds.items()}

    def shown(start: datetime.datetime, mark: str = "") -> tuple[str, str]:
        end = start + datetime.timedelta(minutes=lasts)
        return (f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M} {mark}{title}")

    def expect(when: str, rows: list[tuple[str, str]]) -> None:
        for which, telephone in telephones.items():
            held(f"{which}, {when}", telephone.look(title), sorted(rows))

    # As it was planned, by the parser and on the telephones.
    before = {uid: one for uid, one in parsed(anyone.ask(path)[2]).items() if str(one["SUMMARY"]) == title}
    held("starts", sorted(one.start for one in before.values()), starts)
    held("ends", sorted(one.end for one in before.values()), [start + datetime.timedelta(minutes=lasts) for start in starts])
    one = next(iter(before.values()))
    held("words", str(one["DESCRIPTION"]).split("\n")[:2], facts["description"].split("\n"))
    held("place", str(one["LOCATION"]), "日历核对室, 一楼 镇政府")
    expect("as planned", [shown(start) for start in starts])

    # Whoever has it as it is is not sent it, and compressed it is the same.
    _, headers, text = anyone.ask(path)
    held("unchanged", anyone.ask(path, If_None_Match=headers.get("etag") or headers["ETag"])[0], 304)
    held("compressed", gzip.decompress(anyone.ask(path, Accept_Encoding="gzip")[2]), text)
    held("lines of at most 75 bytes", max(len(line) for line in text.split(b"\r\n")) <= 75, True)

    # The night of the year's change is moved by an hour over midnight, the last session is left out.
    moved = {start: start + datetime.timedelta(hours=1) if start.month == 12 and start.day == 31 else start for start in starts}
    left, dropped = starts[:-1], starts[-1]
    planner.deed(event, "change", facts | {"sessions": [session(venue, moved[start], lasts) for start in left]})
    after = {uid: one for uid, one in parsed(anyone.ask(path)[2]).items() if uid in before}
    held("the same names", sorted(after), sorted(before))
    for uid, new in after.items():
        old = before[uid]
        held(f"the new time of {uid}", new.start, moved[old.start])
        held(f"the standing of {uid}", str(new["STATUS"]), "CANCELLED" if old.start == dropped else "CONFIRMED")
        held(f"the number of {uid} rises", new["SEQUENCE"] > old["SEQUENCE"], True)
        held(f"the change of {uid} is later", new["LAST-MODIFIED"].dt >= old["LAST-MODIFIED"].dt and new["DTSTAMP"].dt == new["LAST-MODIFIED"].dt, True)
    expect("moved", [shown(moved[start]) for start in left] + [shown(dropped, "（已取消）")])

    # Called off: it is told as such, and stays to be seen.
    planner.deed(event, "cancel", {"reason": "大雪封路"})
    off = {uid: str(one["STATUS"]) for uid, one in parsed(anyone.ask(path)[2]).items() if uid in before}
    held("called off", off, {uid: "CANCELLED" for uid in before})
    expect("called off", [shown(moved[start], "（已取消）") for start in left] + [shown(dropped, "（已取消）")])

    # A secret address that is given up is gone, and never stood in the log.
    held("the secret address", anyone.ask(made["address"])[0], 200)
    planner.told(f"/me/feeds/{made['id']}/revoke", {})
    held("the secret address, given up", anyone.ask(made["address"])[0], 404)
    secret = made["address"].rsplit("/", 1)[1].removesuffix(".ics")
    log = server.log.read_text(errors="replace")
    held("the log has its requests", "/feeds/{secret}.ics" in log, True)
    held("the log has no secret", secret in log, False)


if __name__ == "__main__":
    sys.exit(main())
