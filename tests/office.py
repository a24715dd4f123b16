"""LibreOffice without a window, as the tests ask it to open what the program writes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
needs_libreoffice = pytest.mark.skipif(
    not (SOFFICE and PDFTOTEXT), reason="LibreOffice or poppler is not installed; .ci/run installs them"
)


def convert(file: Path, form: str) -> Path:
    """A file in another form, made by LibreOffice in the same folder; each folder has its own profile, as tests run at once."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(file.parent), str(file)]
    environment = {**os.environ, "HOME": str(file.parent)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    made = file.with_suffix(f".{form.partition(':')[0]}")
    assert made.exists(), done.stdout + done.stderr
    return made


def pages(file: Path) -> list[str]:
    """Words of every page of a PDF."""
    command = [str(PDFTOTEXT), "-layout", str(file), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]
