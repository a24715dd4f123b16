"""A Parquet data set: a folder for each table, parted by kind where there are many rows. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cabrief.exporting.rows import ExportRow
from cabrief.exporting.tables import EXPORTED, TableOf, Type
from cabrief.store.base import Base

BATCH = 20_000  # rows that are in memory at once
TYPES: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "list": pa.list_(pa.string()),
}


def write_parquet(base: Base, as_of: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Write every table below a folder that is there and empty; yields each table's name with how many rows it has."""
    for table in EXPORTED:
        count = 0
        rows = table.rows(base, as_of)
        if table.by_kind:  # the partition is the folder's name, and no column of the file
            for kind, mine in groupby(rows, key=lambda row: row["kind"]):
                count += _write(table, mine, folder / table.name / f"kind={kind}", but="kind")
        else:
            count = _write(table, rows, folder / table.name)
        yield table.name, count


def table_schema(table: TableOf, but: str = "") -> pa.Schema:
    """The columns of a table with their types; what each holds is kept beside it."""
    fields = [
        pa.field(column.name, TYPES[column.type], metadata={"en": column.holds.en, "ja": column.holds.ja})
        for column in table.columns
        if column.name != but
    ]
    return pa.schema(fields, metadata={"en": table.holds.en, "ja": table.holds.ja})


def _write(table: TableOf, rows: Iterable[ExportRow], folder: Path, but: str = "") -> int:
    folder.mkdir(parents=True)
    columns, left, count = table_schema(table, but), iter(rows), 0
    with pq.ParquetWriter(folder / "part-0.parquet", columns) as writer:
        while batch := list(islice(left, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=columns))
            count += len(batch)
    return count
