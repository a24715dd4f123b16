"""Maps: outlines of countries from Natural Earth, the pack's countries tinted, routes with their stops.

The projection is Lambert's azimuthal equal-area one, centred on what is shown: right in size everywhere, and the same for
a pack at the equator or across the date line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Any, NamedTuple

from cabrief.formats.drawing.canvas import FAINT, INK, PAPER, PICTURE_MARGIN, PICTURE_WIDTH, Canvas, words_width
from cabrief.language.text import Lang, Text
from cabrief.picture import Chart

SEA, LAND, OURS, BORDER = "#dbe8f2", "#f1efe9", "#f6dfa8", "#9aa3ad"
WAY = "#a3201b"
DASHES = {"sea": "7 5", "air": "2 5", "pipeline": "12 3 2 3", "road": "1 0"}  # a railway is drawn through
BY = {
    "rail": Text("by rail", "鉄道"),
    "road": Text("by road", "道路"),
    "sea": Text("by sea", "海路"),
    "air": Text("by air", "航空"),
    "pipeline": Text("by pipeline", "パイプライン"),
}
BORDER_ROOM = 0.07  # of the frame, around what is shown
TALLEST_MAP = 620.0  # pixels of a frame
FARTHEST = 80.0  # degrees from the centre: what lies farther is not drawn
LINE_STEP = 8.0  # pixels between the boxes along a line
CROWDED = 1_000  # boxes on a map, above which names no longer look for room: it would take minutes, and nobody reads it
XY = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Projection(NamedTuple):
    """The centre of a map, in degrees north and east."""

    lat: float
    lon: float

    def xy(self, lat: float, lon: float) -> XY:
        """Where a place lies on the plane, in radii of the earth, y downwards."""
        a, b, east = radians(lat), radians(self.lat), radians(lon - self.lon)
        k = sqrt(2 / max(1e-9, 1 + sin(b) * sin(a) + cos(b) * cos(a) * cos(east)))
        return k * cos(a) * sin(east), -k * (cos(b) * sin(a) - sin(b) * cos(a) * cos(east))

    def near(self, lat: float, lon: float) -> bool:
        """Whether a place is on the side of the earth that the map shows."""
        a, b, east = radians(lat), radians(self.lat), radians(lon - self.lon)
        return sin(b) * sin(a) + cos(b) * cos(a) * cos(east) > cos(radians(FARTHEST))


class Frame(NamedTuple):
    """From the plane to pixels."""

    box: Box
    scale: float
    top: float

    def pixels(self, at: XY) -> XY:
        """Where a place of the plane stands in the picture."""
        return PICTURE_MARGIN + (at[0] - self.box[0]) * self.scale, self.top + (at[1] - self.box[1]) * self.scale


@cache
def _outlines() -> dict[str, list[list[XY]]]:
    """Rings of each country by its two-letter code: degrees north and east."""
    made: dict[str, Any] = json.loads((files(__package__) / "outlines.json").read_text("utf-8"))
    arcs = [list(_points(arc, made["units"])) for arc in made["arcs"]]
    return {
        code: [[point for i in ring for point in (arcs[i] if i >= 0 else arcs[~i][::-1])] for ring in rings]
        for code, rings in made["shapes"].items()
    }


def _points(steps: Sequence[int], units: int) -> Iterator[XY]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield y / units, x / units


def draw_chart(canvas: Canvas, chart: Chart, lang: Lang) -> None:
    """The map, then what its lines mean."""
    shown = [point for code, _ in chart.countries for ring in _outlines().get(code, ()) for point in ring]
    shown += [(float(stop.lat), float(stop.lon)) for _, stops in chart.ways for stop in stops]
    if not shown:
        return
    projection = _centre(shown)
    frame = _frame([projection.xy(*point) for point in shown], canvas.y + 16)
    high = (frame.box[3] - frame.box[1]) * frame.scale
    edge: Box = (float(PICTURE_MARGIN), frame.top, float(PICTURE_WIDTH - PICTURE_MARGIN), frame.top + high)
    sheet = {"x": edge[0], "y": edge[1], "width": edge[2] - edge[0], "height": high}
    canvas.add("rect", **sheet, fill=SEA)
    _land(canvas, projection, frame, edge, {code for code, _ in chart.countries})
    taken: list[Box] = []
    ways = [
        (name, stops, [frame.pixels(projection.xy(float(s.lat), float(s.lon))) for s in stops])
        for name, stops in chart.ways
    ]
    for _, stops, points in ways:
        _way(canvas, points, [stop.by or "" for stop in stops])
        taken += [(x - 6, y - 6, x + 6, y + 6) for x, y in points]
    for _, stops, points in ways:
        for stop, at in zip(stops, points, strict=True):
            _label(canvas, at, stop.name.pick(lang), taken, edge)
    along = (box for _, _, points in ways for box in _along(points))
    taken += islice(along, max(0, CROWDED + 1 - len(taken)))
    for at, name in _country_names(chart, projection, frame, lang):
        _centred(canvas, at, name, 14, INK, taken, edge)
    for mark in chart.landmarks:
        at = frame.pixels(projection.xy(float(mark.lat), float(mark.lon)))
        _centred(canvas, at, mark.name.pick(lang), 12, FAINT, taken, edge)
    canvas.add("rect", **sheet, fill="none", stroke=BORDER)
    canvas.y = frame.top + high
    _key(canvas, [stop.by for _, stops, _ in ways for stop in stops if stop.by], lang)


def _centre(shown: Sequence[XY]) -> Projection:
    """The middle of what is shown, on the sphere, so that the date line is a line as any other."""
    x = y = z = 0.0
    for lat, lon in shown:
        a, b = radians(lat), radians(lon)
        x, y, z = x + cos(a) * cos(b), y + cos(a) * sin(b), z + sin(a)
    length = max(1e-9, hypot(x, y, z))
    lat = degrees(asin(z / length))
    return Projection(lat, degrees(atan2(y, x)))


def _frame(points: Sequence[XY], top: float) -> Frame:
    """The part of the plane that holds some points, with room around them."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, upper, lower = min(xs), max(xs), min(ys), max(ys)
    room = BORDER_ROOM * max(right - left, lower - upper, 1e-3)
    box = (left - room, upper - room, right + room, lower + room)
    scale = (PICTURE_WIDTH - 2 * PICTURE_MARGIN) / (box[2] - box[0])
    if (box[3] - box[1]) * scale > TALLEST_MAP:  # a tall map is as high as it may be, and shows more to its sides
        scale = TALLEST_MAP / (box[3] - box[1])
        more = ((PICTURE_WIDTH - 2 * PICTURE_MARGIN) / scale - (box[2] - box[0])) / 2
        box = (box[0] - more, box[1], box[2] + more, box[3])
    return Frame(box, scale, top)


def _land(canvas: Canvas, projection: Projection, frame: Frame, edge: Box, ours: set[str]) -> None:
    for code, rings in _outlines().items():
        parts = []
        for ring in rings:
            near = [frame.pixels(projection.xy(*point)) for point in ring if projection.near(*point)]
            if cut := clipped(near, edge):
                parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in cut) + "Z")
        if parts:
            fill = OURS if code in ours else LAND
            path = canvas.add("path", d="".join(parts), fill=fill, stroke=BORDER, stroke_width=0.7)
            path.set("fill-rule", "evenodd")


def clipped(points: list[XY], edge: Box) -> list[XY]:
    """The part of a polygon within a box (Sutherland and Hodgman's method)."""
    for axis, limit, sign in ((0, edge[0], 1), (0, edge[2], -1), (1, edge[1], 1), (1, edge[3], -1)):
        kept: list[XY] = []
        for before, at in zip(points[-1:] + points[:-1], points, strict=True):
            inside, was = ((at[axis] - limit) * sign >= 0), ((before[axis] - limit) * sign >= 0)
            if inside != was:
                part = (limit - before[axis]) / (at[axis] - before[axis])
                other = before[1 - axis] + part * (at[1 - axis] - before[1 - axis])
                kept.append((limit, other) if axis == 0 else (other, limit))
            if inside:
                kept.append(at)
        points = kept
    return points


def _way(canvas: Canvas, points: Sequence[XY], by: Sequence[str]) -> None:
    for (x1, y1), (x2, y2), means in zip(points, points[1:], by[1:], strict=False):
        dash = {"stroke_dasharray": DASHES[means]} if means in DASHES else {}
        canvas.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=WAY, stroke_width=3, stroke_linecap="round", **dash)
    for x, y in points:
        canvas.add("circle", cx=x, cy=y, r=4.5, fill=PAPER, stroke=WAY, stroke_width=2)


def _along(points: Sequence[XY]) -> Iterator[Box]:
    """Small boxes along a line, which names keep clear of."""
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = max(1, int(hypot(x2 - x1, y2 - y1) / LINE_STEP))
        for i in range(steps + 1):
            x, y = x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps
            yield x - 2, y - 2, x + 2, y + 2


def _meets(box: Box, others: Sequence[Box]) -> bool:
    return len(others) <= CROWDED and any(
        box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in others
    )


def _within(box: Box, edge: Box) -> bool:
    return box[0] >= edge[0] and box[1] >= edge[1] and box[2] <= edge[2] and box[3] <= edge[3]


def _label(canvas: Canvas, at: XY, words: str, taken: list[Box], edge: Box) -> None:
    """A name beside its point, on the first side where it covers nothing."""
    size, (x, y) = 12.0, at
    wide = words_width(words, size)
    sides = [
        (x + 9, y + 4),
        (x - 9 - wide, y + 4),
        (x - wide / 2, y - 11),
        (x - wide / 2, y + 20),
        (x + 7, y - 9),
        (x - 7 - wide, y - 9),
        (x + 7, y + 18),
        (x - 7 - wide, y + 18),
    ]
    boxes = [(left, base - size, left + wide, base + 4) for left, base in sides]
    free = (i for i, box in enumerate(boxes) if _within(box, edge) and not _meets(box, taken))
    chosen = next(free, 0)
    taken.append(boxes[chosen])
    _outlined(canvas, sides[chosen], words, size, WAY)


def _centred(canvas: Canvas, at: XY, words: str, size: float, fill: str, taken: list[Box], edge: Box) -> None:
    """A name around a point, moved up or down where it would cover another; left out where nothing helps."""
    wide = words_width(words, size)
    for lower in (0, 18, -18, 36, -36, 54, -54):
        x, y = at[0] - wide / 2, at[1] + lower
        box = (x, y - size, x + wide, y + 4)
        if _within(box, edge) and not _meets(box, taken):
            taken.append(box)
            _outlined(canvas, (x, y), words, size, fill)
            return


def _outlined(canvas: Canvas, at: XY, words: str, size: float, fill: str) -> None:
    """Words with a pale border, which keeps them apart from lines below."""
    border = canvas.text(*at, words, size, fill=PAPER, bold=True)
    border.set("stroke", PAPER)
    border.set("stroke-width", "3")
    border.set("stroke-linejoin", "round")
    border.set("aria-hidden", "true")
    canvas.text(*at, words, size, fill=fill, bold=True)


def _country_names(chart: Chart, projection: Projection, frame: Frame, lang: Lang) -> Iterator[tuple[XY, str]]:
    """The name of each country at the centre of its largest ring."""
    for code, name in chart.countries:
        rings = [[projection.xy(*point) for point in ring] for ring in _outlines().get(code, ())]
        if rings:
            yield frame.pixels(_centroid(max(rings, key=lambda ring: abs(_area(ring))))), name.pick(lang)


def _area(ring: Sequence[XY]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _centroid(ring: Sequence[XY]) -> XY:
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    area = _area(ring) * 6 or 1
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / area
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / area
    return x, y


def _key(canvas: Canvas, means: Sequence[str], lang: Lang) -> None:
    """What the lines mean, and whose the outlines are."""
    canvas.y += 24
    x = float(PICTURE_MARGIN)
    for each in dict.fromkeys(means):
        dash = {"stroke_dasharray": DASHES[each]} if each in DASHES else {}
        y = canvas.y - 4
        canvas.add("line", x1=x, x2=x + 34, y1=y, y2=y, stroke=WAY, stroke_width=3, **dash)
        words = BY[each].pick(lang)
        canvas.text(x + 42, canvas.y, words, 12)
        x += 42 + words_width(words, 12) + 24
    canvas.text(PICTURE_WIDTH - PICTURE_MARGIN, canvas.y, "Natural Earth", 10.5, fill=FAINT, anchor="end")
    canvas.y += 4
