"""Start-up against the barest application that the same libraries allow, side by side, as ratios of CPU time.

    python benchmarks/startup.py [RUNS]

Three comparisons, each run in turn with its yardstick, so that the machine's moods fall on both; the median ratio is printed.

- a warm report into a pipe, against a Typer application of two commands that prints a line;
- the same report for a terminal, against the same application printing a table with Rich;
- the first run after the facts have changed, against that application plus what PyYAML's C loader alone needs for the files,
  in multiples of the latter.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Sequence
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
REPORT = ("country", "kazakhstan")


def cpu(command: Sequence[str], **more: str) -> float:
    """CPU seconds of a command and nothing else."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **more})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the three ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15

    folders = [str(built_in()), str(built_in().parent / "seeds")]
    with tempfile.TemporaryDirectory() as scratch:
        programs = {}
        for name, text in {"bare": BARE, "table": TABLE, "load": LOAD}.items():
            programs[name] = Path(scratch, f"{name}_.py")
            programs[name].write_text(textwrap.dedent(text))
        bare = [sys.executable, str(programs["bare"]), "one", "x"]
        table = [sys.executable, str(programs["table"]), "one", "x"]
        report = [sys.executable, "-m", "cabrief", *REPORT]
        screen = [*report, "--format", "terminal"]
        warm = {"CABRIEF_CACHE_DIR": str(Path(scratch, "cache")), "PYTHONDONTWRITEBYTECODE": ""}
        for command in (bare, table, report, screen):
            cpu(command, **warm)
        pipe = [cpu(report, **warm) / cpu(bare, **warm) for _ in range(runs)]
        term = [cpu(screen, **warm) / cpu(table, **warm) for _ in range(runs)]
        first = []
        for number in range(max(3, runs // 2)):
            cold = {**warm, "CABRIEF_CACHE_DIR": str(Path(scratch, f"cold-{number}"))}
            load = [sys.executable, str(programs["load"]), *folders]
            alone = float(subprocess.run(load, check=True, capture_output=True, text=True).stdout)
            first.append((cpu(report, **cold) - cpu(bare, **warm)) / alone)
    print(f"warm, into a pipe:    {statistics.median(pipe):.2f} x the bare application (at most 1.40)")
    print(f"warm, on a terminal:  {statistics.median(term):.2f} x the application with a Rich table (at most 1.40)")
    print(
        f"after a change:       the bare application + {statistics.median(first):.2f} x PyYAML's C loader (at most 2.00)"
    )


if __name__ == "__main__":
    main()
