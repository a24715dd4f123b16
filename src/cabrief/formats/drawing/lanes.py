"""Moments in lanes along an axis of time: a day is a dot, a month, a year or a range is a bar."""

from __future__ import annotations

from datetime import date

from cabrief.formats.drawing.canvas import (
    FAINT,
    INK,
    LINE,
    PAPER,
    PICTURE_MARGIN,
    PICTURE_WIDTH,
    Canvas,
    lines_of,
    shortened,
    words_width,
)
from cabrief.language.dates import date_text
from cabrief.language.text import Lang, Text
from cabrief.picture import Lanes, Span

LANE_NAMES = 112.0  # pixels of the names of lanes
LANE_ROW, LANE_SIZE = 19.0, 11.0
LANE_NAME_LINE, LANE_NAME_SIZE = 14.0, 12.0
LABEL, DOT = 300.0, 4.0  # pixels: the longest label, the radius of a day
NOW = "#0a5ea8"
PAST, AHEAD_COLOUR = "#41566e", "#9a5b00"
COME = Text("by the day of the report", "報告日まで")
NOT_YET = Text("ahead of it, or not yet over", "報告日より後、または継続中")
SPAN_IS = Text(
    "A bar is a range, or a date known to the month or year.", "横棒は期間、または月・年までしか分からない日付。"
)
MOST_BESIDE = 100  # rows in which room is looked for, the last ones
YEAR_ROOM = 44.0  # pixels that the number of a year needs


class Axis:
    """From days to pixels."""

    def __init__(self, lanes: Lanes) -> None:
        spans = [span for _, found in lanes.lanes for span in found]
        days = [_day(lanes.as_of), *(_day(span.first) for span in spans), *(_day(span.last) for span in spans)]
        self.first, self.last = min(days), max(days)
        self.left, self.right = PICTURE_MARGIN + LANE_NAMES, float(PICTURE_WIDTH - PICTURE_MARGIN)
        self.scale = (self.right - self.left) / max(1, self.last - self.first)

    def x(self, day: str) -> float:
        """Where an ISO day stands."""
        return self.left + (_day(day) - self.first) * self.scale

    def years(self) -> range:
        """The years whose first day is on the axis."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        return range(first.year + (first.timetuple().tm_yday > 1), last.year + 1)


def _day(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def draw_lanes(canvas: Canvas, lanes: Lanes, lang: Lang) -> None:
    """Lanes below each other; a row holds what fits side by side with its label."""
    axis = Axis(lanes)
    canvas.y += 48
    top, places = canvas.y, []
    for name, spans in lanes.lanes:
        rows = _rows(axis, spans, lang)
        places.append((name, rows, canvas.y))
        canvas.y += max(LANE_ROW * len(rows), LANE_NAME_LINE * len(_name(name, lang))) + 8
    _scale(canvas, axis, lanes.as_of, (top, canvas.y), lang)
    for name, rows, y in places:
        canvas.add("line", x1=float(PICTURE_MARGIN), x2=axis.right, y1=y - 4, y2=y - 4, stroke=LINE, stroke_width=0.6)
        for number, line in enumerate(_name(name, lang)):
            canvas.text(PICTURE_MARGIN, y + 12 + LANE_NAME_LINE * number, line, LANE_NAME_SIZE, bold=True)
        for number, row in enumerate(rows):
            for span, label in row:
                _moment(canvas, axis, span, label, y + LANE_ROW * number, lang)
    _key(canvas, lang)


def _name(name: Text, lang: Lang) -> list[str]:
    return lines_of(name.pick(lang), LANE_NAMES - 8, LANE_NAME_SIZE)


def _key(canvas: Canvas, lang: Lang) -> None:
    """What the marks mean."""
    x = float(PICTURE_MARGIN)
    canvas.y += 14
    for paper, colour, words in ((PAST, PAST, COME), (PAPER, AHEAD_COLOUR, NOT_YET)):
        canvas.add("circle", cx=x + DOT, cy=canvas.y - 4, r=DOT, fill=paper, stroke=colour, stroke_width=1.5)
        told = words.pick(lang)
        canvas.text(x + 14, canvas.y, told, LANE_SIZE, fill=FAINT)
        x += 14 + words_width(told, LANE_SIZE) + 20
    canvas.text(x, canvas.y, SPAN_IS.pick(lang), LANE_SIZE, fill=FAINT)
    canvas.y += 4


def _scale(canvas: Canvas, axis: Axis, as_of: str, ends: tuple[float, float], lang: Lang) -> None:
    """The years, and the day of the report, behind everything."""
    top, bottom = ends
    years = axis.years()
    each = 1 + int(
        YEAR_ROOM * len(years) / (axis.right - axis.left)
    )  # where years stand close, every second one, or fewer
    for year in years[::each]:
        x = axis.x(f"{year:04}-01-01")
        canvas.add("line", x1=x, x2=x, y1=top - 4, y2=bottom, stroke=LINE, stroke_width=0.8)
        canvas.text(x, top - 10, str(year), 12, fill=FAINT, anchor="middle")
    x = axis.x(as_of)
    canvas.add("line", x1=x, x2=x, y1=top - 6, y2=bottom, stroke=NOW, stroke_width=1.6, stroke_dasharray="5 3")
    canvas.text(x, top - 24, date_text(as_of).pick(lang), 12, fill=NOW, bold=True, anchor="middle")


def _ends(axis: Axis, span: Span, label: str) -> tuple[float, float, bool]:
    """Pixels from and to which a moment takes room with its label; whether the label stands to its left."""
    first, last = axis.x(span.first) - DOT, max(axis.x(span.last), axis.x(span.first)) + DOT
    room = words_width(label, LANE_SIZE) + 8
    left = last + room > axis.right
    return (first - room, last, True) if left else (first, last + room, False)


def _rows(axis: Axis, spans: tuple[Span, ...], lang: Lang) -> list[list[tuple[Span, str]]]:
    """Moments in as few rows as hold them with their labels side by side."""
    rows: list[tuple[list[tuple[float, float]], list[tuple[Span, str]]]] = []
    for span in sorted(spans, key=lambda each: (each.first, each.last)):
        label = shortened(span.text.pick(lang), LABEL, LANE_SIZE)
        begin, end, _ = _ends(axis, span, label)
        free = (row for row in rows[-MOST_BESIDE:] if all(end < first or begin > last for first, last in row[0]))
        taken, row = next(free, ([], []))
        if not row:
            rows.append((taken, row))
        taken.append((begin, end))
        row.append((span, label))
    return [row for _, row in rows]


def _moment(canvas: Canvas, axis: Axis, span: Span, label: str, y: float, lang: Lang) -> None:
    colour, x, end = AHEAD_COLOUR if span.ahead else PAST, axis.x(span.first), axis.x(span.last)
    middle = y + LANE_ROW / 2
    paper = PAPER if span.ahead else colour
    if end - x <= 2 * DOT:
        mark = canvas.add("circle", cx=x, cy=middle, r=DOT, fill=paper, stroke=colour, stroke_width=1.5)
    else:
        box = {"x": x, "y": middle - DOT, "width": end - x, "height": 2 * DOT}
        mark = canvas.add("rect", **box, rx=4, fill=paper, stroke=colour, stroke_width=1.5)
    canvas.named(mark, f"{span.when.pick(lang)} · {span.text.pick(lang)}")
    _, _, left = _ends(axis, span, label)
    at, anchor = (x - DOT - 4, "end") if left else (max(end, x) + DOT + 4, "start")
    canvas.text(at, middle + 4, label, LANE_SIZE, fill=colour if span.ahead else INK, anchor=anchor)
