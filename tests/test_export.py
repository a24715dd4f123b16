"""Exports: the tables hold what the program says, in every engine, and a target is written whole or not at all."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import pytest

from cabrief.exporting.parquet import table_schema, write_parquet
from cabrief.exporting.sqlite import write_sqlite
from cabrief.exporting.tables import EXPORTED
from cabrief.model.kinds import kinds
from cabrief.reports import commitments, treaties
from cabrief.reports.facts import view as facts_view
from cabrief.store.base import Base
from conftest import ATOLLS, Run

DAY = "2026-11-26"
QUESTIONS = re.findall(
    r"^### ([^\n]*)\n\n```sql\n(.*?)```",
    (Path(__file__).parents[1] / "docs" / "sql.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
Answers = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def data_set(shipped: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    assert dict(write_parquet(shipped, DAY, folder)) == {table.name: rows(shipped, table.name) for table in EXPORTED}
    return folder


@pytest.fixture(scope="module")
def database(shipped: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "facts.sqlite"
    assert sum(count for _, count in write_sqlite(shipped, DAY, file)) > 1000
    return file


def rows(base: Base, name: str) -> int:
    (table,) = (table for table in EXPORTED if table.name == name)
    return sum(1 for _ in table.rows(base, DAY))


def expected(shipped: Base) -> Answers:
    """The answers to the questions of the document, from the reports themselves."""
    pairs = treaties.view(shipped, DAY).rows or ()
    gaps = sorted((row["type"], row["country"], row["status"], row["since"]) for row in pairs if not row["in_force"])
    countries = sorted(shipped.pack.countries)
    status = {(row["type"], row["country"]): row["status"] for row in pairs}
    matrix = [(kind, *(status[kind, each] for each in countries)) for kind in sorted(shipped.pack.treaty_types)]
    refs = shipped.get("ai-partnership-follow-up").refs
    evidence = []
    for ref in refs:
        card = shipped.get(ref.source)
        evidence.append((card.id, card.title.en, card.ranked(), ref.line, ref.phrase))
    late = commitments.view(shipped, DAY, overdue=True).rows or ()
    overdue = sorted((row["id"], row["text"].en, row["due"], row["status"]) for row in late)
    return dict(zip([name for name, _ in QUESTIONS], (gaps, matrix, evidence, overdue), strict=True))


def check(ask: Callable[[str], list[tuple[Any, ...]]], shipped: Base) -> None:
    right = expected(shipped)
    for name, question in QUESTIONS:
        found = [tuple(row) for row in ask(question)]
        assert found
        assert (sorted(found) if "overdue" in name else found) == right[name], name


@pytest.mark.slow
def test_duckdb_answers_as_cabrief_does(shipped: Base, data_set: Path) -> None:
    """The SQL of the document, on the Parquet data set."""
    connection = duckdb.connect()
    for table in EXPORTED:
        files = data_set / table.name / "**" / "*.parquet"
        connection.sql(f"CREATE VIEW {table.name} AS FROM read_parquet('{files}', hive_partitioning = true)")
    check(lambda question: connection.sql(question).fetchall(), shipped)


def test_sqlite_answers_as_cabrief_does(shipped: Base, database: Path) -> None:
    """The same SQL, on the SQLite file; its views and its full-text index answer too, and its keys hold."""
    with sqlite3.connect(database) as connection:
        check(lambda question: connection.execute(question).fetchall(), shipped)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        gaps = connection.execute("SELECT count(*) FROM gaps").fetchone()[0]
        assert gaps == len(treaties.view(shipped, DAY, missing=True).rows or ())
        assert connection.execute("SELECT count(*) FROM overdue").fetchone()[0] > 0
        found = connection.execute(
            "SELECT id FROM facts JOIN facts_fts ON facts_fts.rowid = facts.rowid WHERE facts_fts MATCH 'カスピ海'"
        ).fetchall()
        assert ("trans-caspian-route",) in found
        told = connection.execute("SELECT count(*) FROM columns_explained WHERE column_name <> ''").fetchone()[0]
        assert told == sum(len(table.columns) for table in EXPORTED)
    connection.close()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java")
def test_spark_answers_as_cabrief_does(shipped: Base, data_set: Path, tmp_path: Path) -> None:
    """The same SQL again, on the Parquet data set, in Spark's local mode."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: pip install -r requirements-spark.txt")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(tmp_path),
    }
    builder = sql.SparkSession.builder.master("local[1]").appName("cabrief")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        for table in EXPORTED:
            session.read.parquet(str(data_set / table.name)).createOrReplaceTempView(table.name)
        check(lambda question: session.sql(question).collect(), shipped)
    finally:
        session.stop()


def test_the_data_set_is_parted_by_kind_with_stable_types(shipped: Base, data_set: Path) -> None:
    """Every kind that has records has a folder; each file has the declared columns, also where a column is empty."""
    folders = {path.name.removeprefix("kind=") for path in (data_set / "facts").iterdir()}
    used = {row["kind"] for row in facts_view(shipped, "9999", filters={}).rows or ()}
    assert used <= folders <= {each.singular for each in kinds().values()}
    for table in EXPORTED:
        for file in (data_set / table.name).rglob("*.parquet"):
            found = ds.dataset(file).schema
            assert found.equals(table_schema(table, but="kind" if table.by_kind else "")), file
            assert (found.field(0).metadata or {})[b"en"]


def test_values_are_as_the_record_has_them(shipped: Base, data_set: Path) -> None:
    """Texts in both languages, ids as keys, partial dates with their bounds, figures as numbers and as written."""
    files = data_set / "facts" / "**" / "*.parquet"
    connection = duckdb.connect()
    found = connection.sql(
        f"SELECT id, text_en, text_ja, date, date_first, date_last, value, value_written, data FROM read_parquet('{files}')"
    ).fetchall()
    assert len({row[0] for row in found}) == len(found) == rows(shipped, "facts")
    for id_, en, ja, date, first, last, value, written, data in found:
        record = shipped.get(id_)
        text = getattr(record, "text", None)
        assert (en, ja) == (tuple(text) if text else (None, None))
        assert (date is None) == (first is None) == (last is None)
        assert date is None or first <= last
        assert value is None or float(written) == value
        assert json.loads(data)


@pytest.fixture
def served(database: Path) -> Iterator[str]:
    """The database behind datasette on the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, "-m", "datasette", "serve", str(database), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{address}/-/versions.json", timeout=5).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()


@pytest.mark.slow
def test_datasette_serves_it(shipped: Base, served: str) -> None:
    """Tables, views and foreign keys answer over HTTP."""

    def ask(path: str) -> Any:
        with urllib.request.urlopen(f"{served}/facts/{path}", timeout=30) as answer:
            return json.load(answer)

    gaps = ask("gaps.json?_shape=array&_size=max")
    assert len(gaps) == len(treaties.view(shipped, DAY, missing=True).rows or ())
    fact = ask("facts/ai-partnership.json?_shape=array")
    assert fact[0]["text_ja"] == shipped.get("ai-partnership").text.ja
    labelled = ask("refs.json?_shape=array&id=ai-partnership-follow-up")
    assert {row["source"] for row in labelled} == {ref.source for ref in shipped.get("ai-partnership-follow-up").refs}


@pytest.mark.slow
def test_the_command_writes_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    """What is there already stays; a failure leaves nothing behind; unknown targets are told the known ones."""
    target = tmp_path / "facts.sqlite"
    done = run("export", str(target), "--to", "sqlite", "--as-of", "2025-12-31")
    assert done.returncode == 0
    assert dict(line.split() for line in done.stdout.splitlines())["facts"]
    with sqlite3.connect(target) as connection:
        assert connection.execute("SELECT DISTINCT as_of FROM treaty_status").fetchall() == [("2025-12-31",)]
    connection.close()
    before = target.read_bytes()
    assert "is there already" in run("export", str(target), "--to", "sqlite").stderr
    assert target.read_bytes() == before
    assert "parquet, sqlite" in run("export", str(tmp_path / "x"), "--to", "csv").stderr
    assert "cannot write" in run("export", str(tmp_path / "no" / "x"), "--to", "sqlite").stderr
    assert [path.name for path in tmp_path.iterdir()] == ["facts.sqlite"]


def test_own_layers_stay_out_unless_asked_for(run: Run, tmp_path: Path) -> None:
    """As of every file: facts of directories laid over the pack get in with --layers alone."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "x.yaml").write_text(
        "notes:\n  - id: private-note\n    aspect: policy\n    of: [aru]\n    text: {en: Ours alone., ja: 社外秘。}\n"
        "    nature: judgement\n    refs: [{source: log, line: 1, phrase: words there}]\n",
        "utf-8",
    )
    pack = ("--data", str(ATOLLS), "--data", str(own))
    for extra, there in (((), 0), (("--layers",), 1)):
        target = tmp_path / f"x{there}.sqlite"
        done = run("export", str(target), "--to", "sqlite", *pack, *extra)
        assert done.returncode == 0, done.stderr
        with sqlite3.connect(target) as connection:
            found = connection.execute("SELECT count(*) FROM facts WHERE id = 'private-note'").fetchone()[0]
        connection.close()
        assert found == there


@pytest.mark.parametrize("to", ["sqlite", "parquet"])
def test_what_came_to_be_there_meanwhile_stays(
    to: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """A target that somebody makes while the tables are written is refused at the end, and left as it is."""
    target = tmp_path / "there"
    module = import_module(f"cabrief.exporting.{to}")
    real = getattr(module, f"write_{to}")

    def late(*arguments: Any) -> Any:
        target.write_text("mine", "utf-8")
        return real(*arguments)

    monkeypatch.setattr(module, f"write_{to}", late)
    done = run("export", str(target), "--to", to, "--data", str(ATOLLS))
    assert (done.returncode, done.stderr) == (2, f"cabrief: {target} is there already\n")
    assert target.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
