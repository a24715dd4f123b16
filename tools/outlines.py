"""Make the outlines of countries that maps are drawn on.

    python tools/outlines.py countries-50m.json codes.json

The first file is `countries-50m.json` of the npm package world-atlas: Natural Earth's countries at 1:50 million as
TopoJSON. The second is `codes.json` of the npm package i18n-iso-countries: the letters that stand for ISO's numbers.
Natural Earth is in the public domain. Borders are thinned to what a map of one region shows, and each border is kept once.
"""

from __future__ import annotations

import json
import sys
from math import hypot
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src/cabrief/formats/drawing/outlines.json"
UNITS = 50  # of the grid that points are rounded to, per degree
COARSEST = 0.04  # degrees that a thinned border may lie beside the true one
SMALLEST = 5  # points of a ring, its last one included, below which an island is left out

Point = tuple[float, float]


def thinned(points: list[Point]) -> list[Point]:
    """The points of a line that no straight line between others comes close to (Douglas and Peucker's method)."""
    if len(points) <= len(("first", "last")):
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = hypot(x1 - x0, y1 - y0)

    def away(point: Point) -> float:
        x, y = point
        if not length:
            return hypot(x - x0, y - y0)
        return abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length

    farthest = max(range(1, len(points) - 1), key=lambda i: away(points[i]))
    if away(points[farthest]) <= COARSEST:
        return [points[0], points[-1]]
    return thinned(points[: farthest + 1])[:-1] + thinned(points[farthest:])


def line(arc: list[list[int]], transform: dict[str, list[float]]) -> list[int]:
    """A border in units of the grid: its first point, then steps."""
    (kx, ky), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * kx + tx, y * ky + ty))
    steps: list[int] = []
    before = 0, 0
    for longitude, latitude in thinned(points):
        at = round(longitude * UNITS), round(latitude * UNITS)
        if at != before or not steps:
            steps += [at[0] - before[0], at[1] - before[1]]
        before = at
    return steps


def main() -> None:
    """Read both files and write the outlines."""
    world, codes = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    letters = {each[2]: each[0] for each in codes}
    arcs = [line(arc, world["transform"]) for arc in world["arcs"]]
    shapes: dict[str, list[list[int]]] = {}
    for country in world["objects"]["countries"]["geometries"]:
        polygons: list[Any] = {"Polygon": [country["arcs"]], "MultiPolygon": country["arcs"]}[country["type"]]
        code = letters.get(country.get("id", ""), country["properties"]["name"])
        rings = [ring for polygon in polygons for ring in polygon]
        rings = [ring for ring in rings if sum(len(arcs[i if i >= 0 else ~i]) // 2 for i in ring) >= SMALLEST]
        shapes.setdefault(code, []).extend(rings)
    used = sorted({i if i >= 0 else ~i for rings in shapes.values() for ring in rings for i in ring})
    place = {old: new for new, old in enumerate(used)}
    moved = {
        code: [[place[i] if i >= 0 else ~place[~i] for i in ring] for ring in rings]
        for code, rings in sorted(shapes.items())
        if rings
    }
    source = "Natural Earth, 1:50m countries, public domain, naturalearthdata.com; thinned"
    made = {"source": source, "units": UNITS, "arcs": [arcs[i] for i in used], "shapes": moved}
    TARGET.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
