"""Start-up against the barest application that the same libraries allow, side by side, as ratios of CPU time.

    python benchmarks/startup.py [--quick] [ROUNDS]

Four comparisons:

- warm reports into a pipe, against a Typer application of two commands that prints a line;
- the same reports for a terminal, against the same application printing a table with Rich;
- the first build of the facts, against that application plus what PyYAML's C loader alone needs for the files, in multiples of
  the latter;
- a report after one file of the facts has changed, one of middling size, against the same report on files as they were and the
  reading of that file by itself; and against the former alone.

The commands of a comparison take turns, round by round, so that whatever else the machine does falls on all of them. Of a warm
command the least of all rounds counts, since other work only ever adds to it; of first builds, the median of the rounds.
`--quick` takes one round, which shows that everything runs; its ratios say little.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from cabrief.loading.layers import built_in

BARE = """
    import typer
    app = typer.Typer()
    @app.command()
    def one(name: str): print("one line")
    @app.command()
    def two(name: str): print("one line")
    app()
"""
TABLE = """
    import typer
    app = typer.Typer()
    @app.command()
    def one(name: str):
        from rich.console import Console
        from rich.table import Table
        table = Table("a", "b")
        table.add_row("1", "2")
        Console(force_terminal=True).print(table)
    @app.command()
    def two(name: str): print("one line")
    app()
"""
LOAD = """
    import sys, time, yaml
    from pathlib import Path
    raw = [path.read_bytes() for folder in sys.argv[1:] for path in Path(folder).rglob("*.yaml")]
    begun = time.process_time()
    for each in raw:
        yaml.load(each, Loader=yaml.CSafeLoader)
    print(time.process_time() - begun)
"""
READ = """
    import sys
    from pathlib import Path
    from cabrief.reading import nodes, records
    for name in sys.argv[1:]:
        list(records.read_records(nodes.read(Path(name).read_bytes(), name), "", []))
"""
REPORTS = (("brief",), ("country", "kazakhstan"), ("country", "kazakhstan", "--lang", "ja"))
ROUNDS = 20
MOST_PIPE, MOST_TERMINAL, MOST_FIRST, MOST_CHANGE = 1.3, 1.2, 2.0, 1.5


def cpu(command: Sequence[str], **more: str) -> float:
    """CPU seconds of a command and nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **more})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(commands: Mapping[str, Sequence[str]], rounds: int, **more: str) -> dict[str, float]:
    """The least CPU seconds of each command, by its name, out of some rounds in which each has its turn."""
    for command in commands.values():  # what is not in a cache yet is then
        cpu(command, **more)
    found = [{name: cpu(command, **more) for name, command in commands.items()} for _ in range(rounds)]
    return {name: min(each[name] for each in found) for name in commands}


def warm_ratios(yardstick: Sequence[str], more: Sequence[str], rounds: int, **environment: str) -> str:
    """What each report costs, with more words behind it, in multiples of the yardstick."""
    program = [sys.executable, "-m", "cabrief"]
    reports = {" ".join(words): [*program, *words, *more] for words in REPORTS}
    found = least({"": yardstick, **reports}, rounds, **environment)
    return ", ".join(f"{name} {found[name] / found['']:.2f}" for name in reports)


def change_ratios(scratch: Path, read: Path, rounds: int, **more: str) -> tuple[float, float]:
    """CPU of a report after a comment was added to one file of a copy of the pack: see the head of this program."""
    pack = scratch / "pack"
    shutil.copytree(built_in(), pack)
    shutil.copytree(built_in().parent / "seeds", pack / "seeds", dirs_exist_ok=True)
    report = [sys.executable, "-m", "cabrief", *REPORTS[1], "--data", str(pack)]
    files = sorted(
        (path for path in pack.rglob("*.yaml") if path.name != "pack.yaml"), key=lambda path: path.stat().st_size
    )
    file = files[len(files) // 2]
    os.utime(file, (1_500_000_000, 1_500_000_000))
    cpu(report, **more)
    time.sleep(2.1)  # until no file is so young that its contents are looked at
    kept, edited, alone = [], [], []
    for number in range(max(1, rounds // 2)):
        cpu(report, **more)
        kept.append(cpu(report, **more))
        file.write_text(f"{file.read_text('utf-8')}# {number}\n", "utf-8")
        edited.append(cpu(report, **more))
        alone.append(cpu([sys.executable, str(read), str(file)], **more) - cpu([sys.executable, "-c", ""], **more))
    return min(edited) / (min(kept) + min(alone)), min(edited) / min(kept)


def main() -> None:
    """Print the ratios."""
    words = [word for word in sys.argv[1:] if word != "--quick"]
    rounds = 1 if "--quick" in sys.argv else int(words[0]) if words else ROUNDS
    folders = [str(built_in()), str(built_in().parent / "seeds")]
    with tempfile.TemporaryDirectory() as scratch:
        programs = {}
        for name, text in {"bare": BARE, "table": TABLE, "load": LOAD, "read": READ}.items():
            programs[name] = Path(scratch, f"{name}_.py")
            programs[name].write_text(textwrap.dedent(text))
        bare = [sys.executable, str(programs["bare"]), "one", "x"]
        table = [sys.executable, str(programs["table"]), "one", "x"]
        warm = {"CABRIEF_CACHE_DIR": str(Path(scratch, "cache")), "PYTHONDONTWRITEBYTECODE": ""}
        pipe = warm_ratios(bare, [], rounds, **warm)
        terminal = warm_ratios(table, ["--format", "terminal"], rounds, **warm)
        changed, in_warm = change_ratios(Path(scratch), programs["read"], rounds, **warm)
        first = []
        for number in range(-(-rounds // 3)):
            cold = {**warm, "CABRIEF_CACHE_DIR": str(Path(scratch, f"cold-{number}"))}
            load = [sys.executable, str(programs["load"]), *folders]
            alone = float(subprocess.run(load, check=True, capture_output=True, text=True).stdout)
            report = [sys.executable, "-m", "cabrief", *REPORTS[1]]
            first.append((cpu(report, **cold) - cpu(bare, **warm)) / alone)
    print(f"warm, into a pipe, in bare applications (at most {MOST_PIPE:.2f}): {pipe}")
    print(f"warm, for a terminal, in applications with a Rich table (at most {MOST_TERMINAL:.2f}): {terminal}")
    print(
        f"the first build, in times of PyYAML's C loader over the bare application (at most {MOST_FIRST:.2f}):"
        f" {statistics.median(first):.2f}"
    )
    print(
        f"after a change of one file, in warm runs and the reading of that file (at most {MOST_CHANGE:.2f}): {changed:.2f};"
        f" in warm runs alone: {in_warm:.2f}"
    )


if __name__ == "__main__":
    main()
