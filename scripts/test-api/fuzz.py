"""Runs the fuzzer once for each role over an instance of its own, so that what one role changes another one does not find.

Arguments: the roles to run, by name; without one, all of the demo's roles and the visitor.
API_EXAMPLES sets how many made-up requests an operation gets beside the systematic ones (default 12).
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPU = ROOT / "target" / "debug" / "kepu"
ST = pathlib.Path(sys.executable).parent / "st"
REPORTS = ROOT / "target" / "test-api" / "reports"
EXAMPLES = os.environ.get("API_EXAMPLES", "12")
SEED = "20220025"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
VISITOR = "visitor"
# They end the session or the account that all other requests need: asked last, and by themselves.
ENDING = r"^(log_?out|sign_out|change_password|end_.*sessions?|delete_account|close_account|refresh)$"


def environment(folder: pathlib.Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEPU_") and name != "DATABASE_URL"}
    return kept | {
        "DATABASE_URL": f"sqlite://{folder / 'demo.db'}",
        "KEPU_DATA_DIR": str(folder),
        "KEPU_LISTEN": f"127.0.0.1:{port}",
        "KEPU_ACCESS_MINUTES": "60",
        "KEPU_IDLE_MINUTES_STAFF": "1440",
        "KEPU_WORKERS": "2",
        "NO_PROXY": "127.0.0.1",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An instance with the demo's people and orders, in a folder of its own."""

    def __init__(self, folder: pathlib.Path, log: str = "warn"):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment(folder, self.port) | {"KEPU_LOG": log}
        self.log = folder / "server.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [KEPU, "serve", "--demo"], env=self.environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def __enter__(self) -> "Server":
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5)
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        sys.exit(f"the server did not become ready:\n{self.log.read_text()}")

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def token(self, login: str, password: str) -> str:
        request = urllib.request.Request(
            f"{self.url}/api/v1/auth/login",
            data=json.dumps({"login": login, "password": password}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)["access_token"]
        except urllib.error.HTTPError as error:
            sys.exit(f"{login} cannot sign in: {error.code} {error.read().decode()}")

    def failures(self) -> list[str]:
        """What kepu itself calls a failure, whatever it answered; actix logs the fuzzer's broken headers, which is none."""
        return [line for line in self.log.read_text(errors="replace").splitlines() if re.search(r"ERROR\s+kepu|panic", line)]


def accounts(server: Server) -> dict[str, tuple[str, str]]:
    """One account for each role, as `kepu demo-accounts` tells them: JSON, or lines of role, login and password."""
    told = subprocess.run(
        [KEPU, "demo-accounts"], env=server.environment, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        sys.exit(f"kepu demo-accounts failed: {told.stderr.strip()}")
    found: dict[str, tuple[str, str]] = {}
    try:
        rows = json.loads(told.stdout)
        rows = rows.get("accounts", rows) if isinstance(rows, dict) else rows
        columns = [(row["role"], row.get("login") or row.get("user_name") or row.get("phone"), row["password"]) for row in rows]
    except ValueError:
        split = [re.split(r"\t+|\s{2,}|\s+", line.strip()) for line in told.stdout.splitlines()]
        columns = [(row[0], row[1], row[2]) for row in split if len(row) >= 3 and row[0].lower() != "role"]
    for role, login, password in columns:
        found.setdefault(role, (login, password))
    if len(found) < 3:
        sys.exit(f"kepu demo-accounts names too few roles:\n{told.stdout}")
    return found


def fuzz(role: str, server: Server, token: str | None, part: str, selection: list[str], examples: str) -> tuple[bool, str]:
    """One run of the fuzzer; says whether all held, and the numbers of its last lines."""
    command = [
        ST, "run", f"{server.url}/api/openapi.json", "--url", server.url, "--checks", CHECKS, "--phases", "examples,coverage,fuzzing",
        "--max-examples", examples, "--seed", SEED, "--generation-database", "none", "--continue-on-failure", "--no-color", "--workers", "1",
        "--warnings", "off", "--request-timeout", "15", "--suppress-health-check", "all", "--no-shrink", *selection,
    ]  # fmt: skip
    if token:
        command += ["--header", f"Authorization: Bearer {token}", "--generation-with-security-parameters", "false"]
    report = REPORTS / f"{role}-{part}.txt"
    with open(report, "wb") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=REPORTS, env=server.environment, check=False)
    text = report.read_text(errors="replace")
    cases = sum(int(number) for number in re.findall(r"(\d+) (?:generated|cases|test cases)", text)[:1])
    tested = re.search(r"Tested: +(\d+)", text) or re.search(r"Operations: +\D*(\d+)", text)
    return done.returncode == 0, f"{tested.group(1) if tested else '?'} operations, {cases} cases"


def run(role: str, account: tuple[str, str] | None, template: pathlib.Path, work: pathlib.Path) -> bool:
    begun = time.monotonic()
    folder = work / role
    shutil.copytree(template, folder)
    with Server(folder) as server:
        token = server.token(*account) if account else None
        parts = [("main", ["--exclude-operation-id-regex", ENDING], EXAMPLES)]
        if account:
            parts.append(("ending", ["--include-operation-id-regex", ENDING], "3"))
        results = [(part, *fuzz(role, server, token, part, selection, examples)) for part, selection, examples in parts]
        failures = server.failures()
    held = all(ok for _, ok, _ in results) and not failures
    numbers = "; ".join(f"{part}: {numbers}" for part, _, numbers in results)
    lines = [f"api result: {'ok' if held else 'FAILED'}. {role}: {numbers}; {time.monotonic() - begun:.0f} s"]
    for part, ok, _ in results:
        if not ok:
            report = REPORTS / f"{role}-{part}.txt"
            lines += [f"--- {report.relative_to(ROOT)}, its end:", *report.read_text(errors="replace").splitlines()[-120:]]
    lines += [f"--- {role}: the server's log says:", *failures[:20]] if failures else []
    print("\n".join(lines), flush=True)
    return held


def main() -> int:
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="kepu-api-") as name:
        work = pathlib.Path(name)
        template = work / "template"
        template.mkdir()
        with Server(template) as server:
            known = accounts(server)
        (template / "server.log").unlink()
        wanted = sys.argv[1:] or [*sorted(known), VISITOR]
        if unknown := [role for role in wanted if role not in known and role != VISITOR]:
            sys.exit(f"no such role: {', '.join(unknown)}; there are {', '.join(sorted(known))}, {VISITOR}")
        # A server and a fuzzer keep about one processor busy.
        with concurrent.futures.ThreadPoolExecutor(max_workers=min(os.cpu_count() or 2, 8)) as several:
            held = list(several.map(lambda role: run(role, known.get(role), template, work), wanted))
    print(f"api result: {sum(held)} of {len(held)} roles found the document kept", flush=True)
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
