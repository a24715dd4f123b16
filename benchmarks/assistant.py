"""What an assistant waits for, as CPU time of the server.

    python benchmarks/assistant.py [RUNS]

- the first answer after the start, greeting included, against the command of the same name; the two take turns, round by round;
- a later answer on a country, as the process spends it: messages included;
- what the tools themselves take of that, in milliseconds.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

import cabrief
from cabrief.assistant.methods import Served, call_tool
from cabrief.assistant.tools import TOOLS

HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "benchmark", "version": "1"}}
MORE = 50  # answers of a longer session
MOST_FIRST, MOST_LATER = 1.5, 20  # times the command; milliseconds
NEEDED: dict[str, dict[str, Any]] = {
    "country": {"name": "KZ"},
    "compare": {"names": ["KZ", "UZ"]},
    "search": {"words": "uranium"},
    "why": {"fact": "kz-multi-vector-policy"},
}


def cpu(command: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def message(method: str, number: int | None = None, **params: Any) -> bytes:
    """A message of the protocol in a line."""
    told = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
    return json.dumps(told).encode() + b"\n"


def session(answers: int, environment: dict[str, str]) -> float:
    """CPU seconds of a server from its start until it has given so many answers, one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "cabrief", "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdin  # noqa: S101 - a pipe
        assert process.stdout  # noqa: S101 - a pipe
        process.stdin.write(message("initialize", 0, **HELLO) + message("notifications/initialized"))
        for number in range(1, answers + 1):
            process.stdin.write(message("tools/call", number, name="country", arguments={"name": "KZ"}))
            process.stdin.flush()
            while json.loads(process.stdout.readline()).get("id") != number:
                pass
        process.stdin.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the ratio and the times."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as cache:
        warm = {**os.environ, "CABRIEF_CACHE_DIR": cache, "PYTHONDONTWRITEBYTECODE": ""}
        plain = [sys.executable, "-m", "cabrief", "country", "KZ"]
        cpu(plain, warm)
        session(1, warm)
        times = [(cpu(plain, warm), session(1, warm), session(MORE + 1, warm)) for _ in range(runs)]
    ratio = statistics.median(first / command for command, first, _ in times)
    later = statistics.median((many - first) / MORE for _, first, many in times)
    print(f"first answer:  {ratio:.2f} x the command (at most {MOST_FIRST:.2f})")
    print(f"later answer:  {later * 1000:.1f} ms on a country, messages included (at most {MOST_LATER})")
    facts = cabrief.open()
    served = Served(lambda: facts, print)
    for tool in TOOLS:
        taken = []
        for _ in range(runs):
            begun = time.process_time()
            json.dumps(call_tool(served, {"name": tool, "arguments": NEEDED.get(tool, {})}), ensure_ascii=False)
            taken.append(time.process_time() - begun)
        print(f"  of the tool:  {tool:12} {statistics.median(taken) * 1000:5.1f} ms")


if __name__ == "__main__":
    main()
