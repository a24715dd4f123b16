"""The benchmark of large packs runs, and what it promises of reading holds where no clock is needed to tell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
from scale import write_pack  # noqa: E402 - a script beside the package


@pytest.mark.slow
def test_scale_is_measured() -> None:
    """Each figure is printed."""
    command = [sys.executable, str(BENCHMARKS / "scale.py"), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.findall(r"^  ([a-z ]+): +(\d+\.\d+)", done.stdout, re.MULTILINE)
    assert [name for name, _ in found] == ["first report", "check", "warm report", "one file changed", "search"]
    assert all(float(figure) > 0 for _, figure in found)


MOST = 150_000  # kilobytes
MEASURE = """
import sys
sys.path.insert(0, sys.argv[1])
from scale import REPORT, cost
report = [sys.executable, "-m", "cabrief", *REPORT, "--data", sys.argv[2]]
print(cost(report).memory, cost(report).memory)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_pack(tmp_path: Path, own: Path) -> None:
    """The first report on eight times as many facts needs no more than a part more memory; a warm one, hardly any more."""
    need = []
    for facts in (2_000, 16_000):
        write_pack(tmp_path / str(facts), facts)
        # in a small process, since the size of whoever starts another counts as that one's
        command = [sys.executable, "-c", MEASURE, str(BENCHMARKS), str(tmp_path / str(facts) / "data")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        need.append([int(figure) for figure in done.stdout.split()])
    (first, warm), (larger, as_warm) = need
    assert larger < min(1.5 * first, MOST)
    assert as_warm < 1.1 * warm


@pytest.mark.slow
def test_a_warm_start_reads_no_fact_file(tmp_path: Path, own: Path) -> None:
    """Once files are old enough for their times to be sure, a command opens none of them."""
    write_pack(tmp_path, 100)
    program = (
        "import os, sys, time\nreal = os.open\nopened = []\n"
        "def counted(path, *rest, **more):\n    opened.append(os.fspath(path))\n    return real(path, *rest, **more)\n"
        "os.open = counted\nfrom pathlib import Path\nfrom cabrief.loading import cache\n"
        "cache.open_base([Path(sys.argv[1])])\n"
        "print(sum(str(path).endswith('.yaml') for path in opened))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "data")]
    counts = []
    for wait in (0, 2.1, 0):
        subprocess.run(["sleep", str(wait)], check=True)
        counts.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    assert counts[0] > 0
    assert counts[2] == 0


@pytest.mark.slow
def test_a_full_temporary_folder(tmp_path: Path, own: Path) -> None:
    """What does not fit into memory spills into a file; where there is no room for that, a line says so."""
    write_pack(tmp_path, 20_000)
    program = (
        "import resource, sys\nfrom cabrief.store import write\nwrite.CACHE = 100\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\nimport signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "sys.argv = ['cabrief', 'country', 'kazakhstan', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    )
    command = [sys.executable, "-c", program, "--data", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert re.search(r"^cabrief: cannot build the fact base: .+", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_temporary_file_that_may_not_grow(tmp_path: Path) -> None:
    """A comparison reads both packs into temporary databases, which no cache stands for."""
    for name in ("old", "new"):
        write_pack(tmp_path / name, 20_000)
    program = (
        "import resource, sys\nfrom cabrief.store import write\nwrite.CACHE = 100\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\nimport signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "sys.argv = ['cabrief', 'diff', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "old" / "data"), str(tmp_path / "new" / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert re.search(r"^cabrief: there is no room for a temporary file: .+", done.stderr, re.MULTILINE)
