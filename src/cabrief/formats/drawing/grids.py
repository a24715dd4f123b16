"""States in rows and columns, and counts by state."""

from __future__ import annotations

from cabrief.formats.drawing.canvas import (
    FAINT,
    PICTURE_MARGIN,
    PICTURE_WIDTH,
    TONES,
    Canvas,
    lines_of,
    words_width,
)
from cabrief.language.text import Lang
from cabrief.picture import Bars, Grid

ROW_NAMES = 190.0  # pixels of the names of rows
ROW_HEIGHT, BAR, TILE_GAP, NAME_LINE = 46.0, 26.0, 6.0, 16.0
TILE_SIZE = 11.5
LEAST_FOR_A_NUMBER = 9.0  # pixels of a part of a bar that has room for its count


def draw_grid(canvas: Canvas, grid: Grid, lang: Lang) -> None:
    """A table of tiles: a sign in each, and the state in words."""
    size = (PICTURE_WIDTH - 2 * PICTURE_MARGIN - ROW_NAMES) / max(1, len(grid.columns))
    canvas.y += 30
    for number, column in enumerate(grid.columns):
        x = PICTURE_MARGIN + ROW_NAMES + size * (number + 0.5)
        canvas.text(x, canvas.y, column.pick(lang), bold=True, anchor="middle", room=size - TILE_GAP)
    canvas.y += 10
    for name, tiles in grid.rows:
        lines = lines_of(name.pick(lang), ROW_NAMES - 12, 13)
        high = max(ROW_HEIGHT, NAME_LINE * len(lines) + TILE_GAP)
        for number, line in enumerate(lines):
            canvas.text(PICTURE_MARGIN, canvas.y + high / 2 + 5 + NAME_LINE * (number - (len(lines) - 1) / 2), line)
        for number, tile in enumerate(tiles):
            if not tile.sign:  # nothing is said of this one
                continue
            x = PICTURE_MARGIN + ROW_NAMES + size * number
            words = tile.text.pick(lang)
            box = canvas.tile((x + TILE_GAP / 2, canvas.y + TILE_GAP / 2, size - TILE_GAP, high - TILE_GAP), tile.tone)
            canvas.named(box, words)
            ink, room = TONES[tile.tone][1], size - TILE_GAP - 8
            canvas.text(x + size / 2, canvas.y + 19, tile.sign, 13, fill=ink, anchor="middle")
            canvas.text(x + size / 2, canvas.y + 35, words, TILE_SIZE, fill=ink, anchor="middle", room=room)
        canvas.y += high
    canvas.legend((tile, tile.text.pick(lang)) for tile in grid.legend)


def draw_bars(canvas: Canvas, bars: Bars, lang: Lang) -> None:
    """A bar for each row, as long as its count; its parts are the states, with their signs and counts."""
    most = max((sum(counts) for _, counts in bars.rows), default=1)
    unit = (PICTURE_WIDTH - 2 * PICTURE_MARGIN - ROW_NAMES - 40) / max(1, most)
    canvas.y += 16
    for name, counts in bars.rows:
        canvas.text(PICTURE_MARGIN, canvas.y + BAR * 0.7, name.pick(lang), room=ROW_NAMES - 10)
        x = PICTURE_MARGIN + ROW_NAMES
        for count, state in zip(counts, bars.states, strict=True):
            if not count:
                continue
            box = canvas.tile((x, canvas.y, count * unit, BAR), state.tone)
            canvas.named(box, f"{state.text.pick(lang)}: {count}")
            told = f"{state.sign} {count}"
            told = told if words_width(told, 12) + 4 <= count * unit else str(count)
            if count * unit >= LEAST_FOR_A_NUMBER:
                ink = TONES[state.tone][1]
                canvas.text(x + count * unit / 2, canvas.y + BAR * 0.68, told, 12, fill=ink, anchor="middle")
            x += count * unit
        canvas.text(x + 8, canvas.y + BAR * 0.7, str(sum(counts)), fill=FAINT)
        canvas.y += BAR + TILE_GAP + 4
    totals = bars.rows[0][1] if bars.rows else (0,) * len(bars.states)
    used = (each for each, count in zip(bars.states, totals, strict=True) if count)
    canvas.legend((state, state.text.pick(lang)) for state in used)
