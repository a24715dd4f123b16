"""What packs of a thousand to a million facts cost, as ratios from one run.

    python benchmarks/scale.py [--quick] [--runs RUNS] [FACTS ...]

Lays files of generated notes beside the shipped facts, in a temporary folder, and prints for each size:

- the first report: megabytes a second, CPU time as a ratio to PyYAML's C loader on the same files, peak memory;
- `check` on a cold cache, as a ratio to the first report;
- a warm report about a country that no generated note is about, in CPU time and peak memory, as ratios to the shipped pack alone;
- a report after a line was added to one file, as a ratio to a warm report and the reading of that file by itself;
- a search, as a ratio to the first report.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cabrief.loading.layers import built_in

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MANY = 100_000  # facts, beyond which files are larger
REPORT = ("country", "kazakhstan")
RACY = 2.1  # seconds after which a file is old enough to be told by its times alone
MOST_LOADED = 10_000_000  # bytes that the loader is measured on
NOTE = """\
  - id: archive-{n:07}
    text:
      en: Delegation {n} met in round {i} on customs, water and visas.
      ja: 代表団{n}は第{i}回会合で税関、水、査証を協議した。
    weight: {weight}
    nature: {nature}
    aspect: policy
    of: [uzbekistan]
    countries: [uzbekistan]
    actors: [russia]
    topics: [sanctions]
    date: {year}-{month:02}
    refs: [{{source: pwc-2026, line: {line}, phrase: record {phrase}}}]
"""
LOAD = """
import sys, time, yaml
raw = [open(name, "rb").read() for name in sys.argv[1:]]
begun = time.process_time()
for each in raw:
    yaml.load(each, Loader=yaml.CSafeLoader)
print(time.process_time() - begun)
"""
READ = """
import sys
from cabrief.loading.parts import NO_PACK, Task, read_part
read_part(Task(0, sys.argv[1], "file", "layer"), open(sys.argv[1], "rb").read(), NO_PACK)
"""


class Cost(NamedTuple):
    """What a process and its children took: seconds of processor time, seconds, and kilobytes at the most.

    The kilobytes are at least those of the process that started it, which is why this program imports little.
    """

    cpu: float
    wall: float
    memory: int


def cost(command: Sequence[str | Path]) -> Cost:
    """Run a command and nothing else."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss)


def write_pack(top: Path, facts: int) -> list[Path]:
    """The shipped facts and so many generated notes; returns the files of the latter."""
    pack = Path(shutil.copytree(built_in(), top / "data"))
    shutil.copytree(built_in().parent / "seeds", top / "seeds")
    (pack / "archive").mkdir()
    each = 500 if facts <= MANY else 1_000  # facts of a file
    files = []
    for first in range(0, facts, each):
        notes = (
            NOTE.format(
                n=n,
                i=n % each,
                weight=("low", "medium", "high")[n % 3],
                nature=("reported", "judgement")[n % 2],
                year=1990 + n % 30,
                month=1 + n % 12,
                line=1 + n % 30,
                phrase=n % 997,
            )
            for n in range(first, min(first + each, facts))
        )
        files.append(pack / "archive" / f"a{first:07}.yaml")
        files[-1].write_text("notes:\n" + "".join(notes), "utf-8")
    return files


def loader_seconds(files: Sequence[Path], size: int) -> float:
    """Processor time of PyYAML's C loader alone for so many bytes like those of the first files, which it reads."""
    taken, bytes_ = [], 0
    for file in files:
        taken.append(str(file))
        bytes_ += file.stat().st_size
        if bytes_ > MOST_LOADED:
            break
    done = subprocess.run([sys.executable, "-c", LOAD, *taken], check=True, capture_output=True, text=True)
    return float(done.stdout) * size / bytes_


def measure(top: Path, facts: int, runs: int) -> None:
    """Print the figures of a pack of so many generated facts."""
    files = write_pack(top, facts)
    size = sum(file.stat().st_size for file in top.rglob("*.yaml"))
    time.sleep(RACY)
    cabrief = [sys.executable, "-m", "cabrief"]
    shipped, report = [*cabrief, *REPORT], [*cabrief, *REPORT, "--data", str(top / "data")]

    def cold(command: Sequence[str]) -> Cost:
        cache = Path(os.environ["CABRIEF_CACHE_DIR"])
        shutil.rmtree(cache, ignore_errors=True)
        return cost(command)

    def middle(take: Callable[[], Sequence[float]], times: int) -> list[float]:
        return [statistics.median(each) for each in zip(*(take() for _ in range(times)), strict=True)]

    seldom = max(1, runs // 5) if facts < max(SIZES) else 1
    check = middle(lambda: cold([*cabrief, "check", str(top / "data")])[:2], seldom)
    first = middle(lambda: cold(report), seldom)
    cost(shipped)

    def warm() -> tuple[float, float]:
        ours, theirs = cost(report), cost(shipped)
        return ours.cpu / theirs.cpu, ours.memory / theirs.memory

    def changed() -> tuple[float]:
        with files[len(files) // 2].open("a", encoding="utf-8") as file:
            file.write("# one more line\n")
        again = cost(report).cpu
        time.sleep(RACY)
        cost(report)
        alone = cost([sys.executable, "-c", READ, files[len(files) // 2]]).cpu - cost([sys.executable, "-c", ""]).cpu
        return (again / (cost(report).cpu + alone),)

    kept, (edited,) = middle(warm, runs), middle(changed, max(1, runs // 2))
    search = cost([*cabrief, "search", "kazakhstan", "uranium", "--data", str(top / "data")])
    loader = loader_seconds(files, size)
    megabytes, loaded, longer = size / 1e6, first[0] / loader, check[1] / first[1]
    lines = (
        f"{facts:,} facts more, {megabytes:.1f} MB in {len(files)} files more:",
        f"  first report:      {megabytes / first[1]:.1f} MB/s, {loaded:.2f} x PyYAML's C loader in CPU time",
        f"                     {first[2] / 1000:.0f} MB of memory at most (400)",
        f"  check:             {check[0] / first[0]:.2f} x the first report in CPU time, {longer:.2f} x in time (1.3)",
        f"  warm report:       {kept[0]:.2f} x the shipped pack in CPU time (1.1), {kept[1]:.2f} x in memory (1.2)",
        f"  one file changed:  {edited:.2f} x a warm report and the reading of that file (1.5)",
        f"  search:            {search.cpu / first[0]:.2f} x the first report in CPU time",
    )
    print("\n".join(lines), flush=True)


def main() -> None:
    """Measure packs of each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="one run of the smallest size, to see that all works")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("facts", type=int, nargs="*", default=[])
    given = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    print("in brackets: the most that is allowed; medians of one run", flush=True)
    for facts in given.facts or (SIZES[:1] if given.quick else SIZES):
        with tempfile.TemporaryDirectory() as scratch:
            os.environ["CABRIEF_CACHE_DIR"] = f"{scratch}/cache"
            measure(Path(scratch), facts, 1 if given.quick else given.runs)


if __name__ == "__main__":
    main()
