"""Pictures of what reports say: the treaty matrix, the timeline, the map of routes, commitments by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cabrief.document import Document
from cabrief.language.dates import bounds, date_text, year_text
from cabrief.language.text import EMPTY, Text, template, unstopped
from cabrief.model.happened import EVENT_KINDS, EVENT_STATUS
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.routes import Route
from cabrief.model.kinds.treaties import STAGES
from cabrief.model.promises import Fate, fates_by_country, promise_fate
from cabrief.model.record import Ref, label
from cabrief.picture import Bars, Chart, Grid, Lanes, Picture, Span, Tile, Tone
from cabrief.reports import commitments, moments, timeline, treaties
from cabrief.reports.desk import Desk
from cabrief.store.base import Base

Rows = Sequence[Mapping[str, Any]]
TREATY_TONES: dict[str, tuple[Tone, str]] = {
    "in-force": ("done", "●"),
    "in-force-by-succession": ("partly", "◐"),
    "applies-provisionally": ("partly", "◐"),
    "ratified": ("under-way", "▲"),
    "signed": ("under-way", "▲"),
    "agreed-in-principle": ("under-way", "△"),
    "negotiating": ("under-way", "△"),
    "preliminary-talks": ("under-way", "△"),
    "terminated": ("failed", "✕"),
    "none": ("failed", "✕"),
    "unknown": ("unknown", "?"),
}
DATED = ("signed", "ratified", "none", "terminated")  # states that say little without their year
MOST_ROWS = 10_000  # a place behind all countries of a pack
NO_TILE = Tile(text=EMPTY, tone="unknown", sign="")
BY_SUCCESSION = Text("by succession", "承継")
PROMISE_TILES: dict[str, Tile] = {
    "kept": Tile(text=Text("kept", "履行"), tone="done", sign="●"),
    "partly": Tile(text=Text("partly kept", "一部履行"), tone="partly", sign="◐"),
    "open": Tile(text=Text("open", "未完了"), tone="under-way", sign="△"),
    "missed": Tile(text=Text("missed", "不履行"), tone="failed", sign="✕"),
    "unknown": Tile(text=Text("outcome unknown", "結果確認できず"), tone="unknown", sign="?"),
}
LISTS_SHOWN = {"treaties": treaties.FIELDS, "timeline": timeline.FIELDS, "commitments": commitments.FIELDS}
TOTAL = Text("All", "全体")
ELSEWHERE = Text(
    "What was done in other countries alone counts as open for a country.",
    "他国だけでの履行は、その国では未完了と数える。",
)


def with_pictures(base: Base, names: Sequence[str], document: Document) -> Document:
    """The document with pictures by their names, of its own rows where it is the list that a picture shows.

    Of such a list, the picture need not be named.
    """
    desk = Desk(base, document.as_of)
    own = [name for name, fields in LISTS_SHOWN.items() if fields == document.fields]
    found = tuple(PICTURES[name](desk, document) for name in dict.fromkeys(names or own))
    if only := document.selection:
        told = [template("{s} {o}", "{s}{o}", s=picture.says, o=only) for picture in found]
        found = tuple(p.but(says=said) if p.name in own else p for p, said in zip(found, told, strict=True))
    cited = desk.cited(ref for picture in found for ref in picture.refs)
    return document.but(pictures=found, citations={**cited, **document.citations})


def _rows(desk: Desk, document: Document, fields: tuple[str, ...], view: Callable[..., Document]) -> Rows:
    """Rows of the report that a picture is about: the document's own, or those about its subjects."""
    if document.fields == fields and document.rows is not None:
        return document.rows
    about = [id_ for id_ in document.subjects if id_ in desk.base.pack.countries]
    return view(desk.base, desk.as_of, countries=about).rows or ()


def _treaties(desk: Desk, document: Document) -> Picture:
    rows = _rows(desk, document, treaties.FIELDS, treaties.view)
    found = {(row["type"], row["country"]): row for row in rows}
    types, countries = (list(dict.fromkeys(row[key] for row in rows)) for key in ("type", "country"))
    countries.sort(
        key=lambda id_: desk.base.pack.countries.index(id_) if id_ in desk.base.pack.countries else MOST_ROWS
    )
    lines = tuple(
        (
            desk.name(kind),
            tuple(_treaty_tile(found[kind, id_]) if (kind, id_) in found else NO_TILE for id_ in countries),
        )
        for kind in types
    )
    used = {row["status"] for row in rows}
    legend = [_tile(status, STAGES[status]) for status in TREATY_TONES if status in used]
    host, region = desk.name(desk.base.pack.host), desk.base.pack.region
    in_force = sum(bool(row["in_force"]) for row in rows)
    says = (
        "{n} of {m} pairs of type and country have something in force.",
        "種類と国の組{m}件のうち{n}件で条約が発効済み。",
    )
    if len(rows) < len(types) * len(countries):
        says = (
            "{m} pairs of type and country are listed; the other tiles are left blank.",
            "種類と国の組{m}件を示し、ほかは空欄とする。",
        )
    return Picture(
        name="treaties",
        title=template("Treaties of {h} with {r}", "{h}と{r}の条約・協定", h=host, r=region),
        says=template(*says, n=in_force, m=len(rows)),
        drawing=Grid(columns=tuple(desk.name(each) for each in countries), rows=lines, legend=tuple(legend)),
        refs=_refs(rows),
        disputed=_disputed(desk, rows),
    )


def _tile(status: str, text: Text) -> Tile:
    tone, sign = TREATY_TONES[status]
    return Tile(text=text, tone=tone, sign=sign)


def _treaty_tile(row: Mapping[str, Any]) -> Tile:
    """A state with the year in which it began, where that is known."""
    status: str = row["status"]
    day = row["entered_into_force"] if status == "in-force" else row["since"] if status in DATED else None
    text = BY_SUCCESSION if status == "in-force-by-succession" else STAGES[status]
    return _tile(status, template("{t} {y}", "{t} {y}", t=text, y=year_text(day)) if day else text)


def _timeline(desk: Desk, document: Document) -> Picture:
    """A lane for each kind of moment, those that lie ahead included."""
    rows = [row for row in _rows(desk, document, timeline.FIELDS, timeline.view) if row["date"]]
    lanes = tuple(
        (name, tuple(_span(desk, row) for row in rows if row["kind"] == kind))
        for kind, name in EVENT_KINDS.items()
        if any(row["kind"] == kind for row in rows)
    )
    host, region = desk.name(desk.base.pack.host), desk.base.pack.region
    ahead = sum(_is_ahead(desk, row) for row in rows)
    says = ("{n} moments, {a} of them ahead of {d}.", "出来事{n}件、うち{d}より後は{a}件。")
    return Picture(
        name="timeline",
        title=template("Timeline: {h} and {r}", "{h}と{r}の年表", h=host, r=region),
        says=template(*says, n=len(rows), a=ahead, d=date_text(desk.as_of)),
        drawing=Lanes(lanes=lanes, as_of=desk.as_of),
        refs=_refs(rows),
        disputed=_disputed(desk, rows),
    )


def _span(desk: Desk, row: Mapping[str, Any]) -> Span:
    first, last = bounds(row["date"])[0], bounds(row["date_end"] or row["date"])[1]
    when = date_text(f"{row['date']}/{row['date_end']}" if row["date_end"] else row["date"])
    status = EVENT_STATUS.get(row["status"]) if row["kind"] != "commitment" and row["status"] != "planned" else None
    text = template("{s}: {t}", "{s}：{t}", s=status, t=row["title"]) if status else row["title"]
    return Span(first=first, last=last, when=when, text=text, ahead=_is_ahead(desk, row))


def _is_ahead(desk: Desk, row: Mapping[str, Any]) -> bool:
    """Whether a moment lies ahead of the day, as the list has it."""
    return not moments.is_behind(row, desk.as_of)


def _commitments(desk: Desk, document: Document) -> Picture:
    """A bar for all, and one for each country that they concern."""
    rows = _rows(desk, document, commitments.FIELDS, commitments.view)
    everything = desk.find(Commitment)
    concern = Counter(id_ for each in everything for id_ in desk.concerned(each)[0])
    # also where the list is narrowed to a country, and tells how they stand there
    bars = [(TOTAL, _counts([promise_fate(desk.card(row["id"]), desk.by_day).status for row in rows]))]
    by_country: dict[str, list[Fate]] = {country: [] for country in desk.base.pack.countries}
    for row in rows:
        concerned = row["countries"]
        fates = fates_by_country(desk.card(row["id"]), desk.by_day, concerned)
        for country, fate in zip(concerned, fates, strict=True):
            by_country[country].append(fate)
    elsewhere = False
    for country, fates in by_country.items():
        if not fates or len(fates) < concern[country]:  # a part of its promises would look like all
            continue
        bars.append((desk.name(country), _counts(["open" if f.elsewhere else f.status for f in fates])))
        elsewhere = elsewhere or any(fate.elsewhere for fate in fates)
    late = sum(bool(row["overdue"]) for row in rows)
    says = ("{n} promises, {l} of them overdue.", "約束{n}件、うち期限超過{l}件。")
    if len(rows) < len(everything):
        says = ("{n} of {m} promises, {l} of them overdue.", "全{m}件のうち約束{n}件、うち期限超過{l}件。")
    if elsewhere:
        says = (f"{says[0]} {ELSEWHERE.en}", f"{says[1]}{ELSEWHERE.ja}")
    return Picture(
        name="commitments",
        title=Text("What became of promises", "約束の進み具合"),
        says=template(*says, n=len(rows), l=late, m=len(everything)),
        drawing=Bars(rows=tuple(bars), states=tuple(PROMISE_TILES.values())),
        refs=_refs(rows),
        disputed=_disputed(desk, rows),
    )


def _counts(statuses: Sequence[str]) -> tuple[int, ...]:
    return tuple(statuses.count(state) for state in PROMISE_TILES)


def _map(desk: Desk, _: Document) -> Picture:
    """The countries of the pack and the routes that have stops."""
    pack = desk.base.pack
    routes = [route for route in desk.find(Route) if route.stops]
    countries = [country for country in desk.find(Country) if country.id in pack.countries]
    names = [(next((code for code in each.codes if len(code) == len("XX")), ""), label(each)) for each in countries]
    title = template("Routes across {r}", "{r}の輸送路", r=pack.region)
    says = ("Lines between the stops are drawn straight.", "経由地の間は直線で示す。")
    return Picture(
        name="map",
        title=label(routes[0]) if len(routes) == 1 else title,
        says=Text(*says),
        drawing=Chart(
            countries=tuple(names),
            ways=tuple((label(route), route.stops) for route in routes),
            landmarks=pack.landmarks,
        ),
        refs=tuple(dict.fromkeys(ref for route in routes for ref in route.refs)),
    )


def _disputed(desk: Desk, rows: Iterable[Mapping[str, Any]]) -> tuple[Text, ...]:
    """What is contested of the things in the rows, where sources disagree: in short, or else what is held here."""
    ids = dict.fromkeys(id_ for row in rows for id_ in row["disputed" if "disputed" in row else "disputes"])
    found: list[Dispute] = [desk.base.get(id_) for id_ in ids]
    return tuple(unstopped(d.summary or d.held) for d in found if d.category == "disagreement" and d.weight != "low")


def _refs(rows: Iterable[Mapping[str, Any]]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for row in rows for ref in row["refs"]))


PICTURES: dict[str, Callable[[Desk, Document], Picture]] = {
    "treaties": _treaties,
    "timeline": _timeline,
    "map": _map,
    "commitments": _commitments,
}
