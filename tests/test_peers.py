"""The comparison with other validators runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "peers.py"


@pytest.mark.slow
def test_peers_are_measured() -> None:
    """A ratio is printed for each peer that is installed, and the others are named."""
    done = subprocess.run([sys.executable, str(BENCHMARK), "--quick"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = dict(re.findall(r"^(\S+(?: check)?) +(\d+\.\d|not installed)", done.stdout, re.MULTILINE))
    assert set(found) == {"cabrief check", "check-jsonschema", "yamllint", "linkml-validate", "ftm"}
    assert float(found["check-jsonschema"]) > 0
