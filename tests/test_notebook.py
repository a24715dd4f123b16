"""The example notebook runs from its first cell to its last, and shows reports as HTML."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import cabrief

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
PROGRAMS = ("nbclient", "nbformat", "ipykernel")


@pytest.mark.slow
@pytest.mark.skipif(
    not all(map(find_spec, PROGRAMS)), reason="nbclient, nbformat and ipykernel run notebooks: the dev group has them"
)
@pytest.mark.filterwarnings("default")  # what its libraries warn of is not ours
def test_the_example_runs_and_shows_html(tmp_path: Path) -> None:
    nbformat: Any = import_module("nbformat")
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code" and cell.outputs] == []
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    opened, page, counted, quoted, japanese = (cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    assert "FactBase" in opened[0].data["text/plain"]
    facts = cabrief.open(as_of="2026-11-26")
    assert page[0].data["text/html"] == facts.country("KZ")._repr_html_()
    assert "none" in counted[0].data["text/plain"]
    assert quoted[0].text.count("\n") > 3
    assert 'lang="ja"' in japanese[0].data["text/html"]


def test_dollars_are_no_formulas() -> None:
    """A notebook typesets what stands between dollars, unless a class of the page says otherwise."""
    head = cabrief.open(as_of="2026-11-26").country("KZ")._repr_html_().partition(">")[0]
    assert {"tex2jax_ignore", "mathjax_ignore"} <= set(head.partition('class="')[2].partition('"')[0].split())


def test_a_note_says_how_many_sources_it_leaves_out() -> None:
    """As in every other format of the same page."""
    page = cabrief.open(as_of="2026-11-26").brief()
    more = re.findall(r"\+[0-9]+ more", page.to_markdown())
    assert len(more) > 3
    assert re.findall(r"\+[0-9]+ more", page._repr_html_()) == more
