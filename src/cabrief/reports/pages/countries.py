"""One page on a country: how it stands with the host, when they meet, what is promised and late, what protects."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.document import Bullets, Document, Pairs, Table
from cabrief.language.dates import bounds, years_since
from cabrief.language.text import EMPTY, Text, template
from cabrief.model.happened import LEADERS, MEETINGS
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.people import Person
from cabrief.model.record import Fact
from cabrief.reports.desk import IN_SHORT, Desk, filled, plain, section
from cabrief.reports.figures import figure_table, newest_figures
from cabrief.reports.offices import offices
from cabrief.reports.pages.building import (
    NONE_ON_RECORD,
    Page,
    labelled_lines,
    latest_held,
    left_out,
    promised_line,
)
from cabrief.reports.pages.fitting import fitted
from cabrief.store.base import Base

MONTH = len("2025-12")
OLDEST = 10  # years after which a figure is left to the full profile
MOST_OFFICES = 3
POSITIONS = ("policy", "dependency", "constraint", "resource", "aim", "strength", "limit", "risk", "challenge")


def country_page(base: Base, as_of: str, id_: str) -> Document:
    """One page on a country: how it stands with the host, when they meet, what is promised and late, what protects.

    `id_` is that of a country that exists.
    """
    desk = Desk(base, as_of, (id_,))
    page, country = Page(desk, id_), base.country(id_)
    host, linked = page.pack.host, {"country_or_of_or_by_or_to_or_party_or_host_or_done_in": id_}
    found = desk.classes(**linked).items()
    counted = {fact: cls for fact, cls in found if issubclass(cls, Fact) and not issubclass(cls, (Actor, Person))}
    called = desk.name(host)
    facts = desk.find(Agreement, Commitment, Event, Figure, Note, **linked)
    mine = [each for each in facts if isinstance(each, Event) and host in (*each.actors, each.host)]
    shared = desk.find(Event, region=page.pack.id, actor_or_host=host, event_type=MEETINGS)
    met = [each for each in (*mine, *shared) if each.type in LEADERS]
    concerned = _concerned(desk, facts)
    promises = [each for each in concerned if host in (*each.by, *each.to)]
    ties = [f for f in facts if isinstance(f, (Note, Agreement, Figure)) and host in (*f.actors, *_of(f))]
    # no page opens with one author's view, nor with what concerns all countries
    high = [f for f in ties if f.weight == "high" and f.nature != "judgement" and not isinstance(f, Agreement)]
    agreed = [f for f in ties if isinstance(f, Agreement) and set(_of(f)) <= {host, id_} and desk.has_begun(f)]
    top = [*page.best(agreed, 1, newest=True), *page.best(high, 1, newest=True)]
    latest = latest_held(desk, met)
    last, ahead = page.moments(latest, 1, ahead=False), page.moments(met, 1, ahead=True)
    alone = page.moments(_met_alone(desk, met, latest), 1, ahead=False)
    urgent = page.urgent(promises)
    # those of the two before those of all, and those of others last
    urgent.sort(key=lambda each: (not page.is_overdue(each), _is_shared(desk, each), host not in (*each.by, *each.to)))
    lines = page.standing_lines(id_)
    in_short = section(
        IN_SHORT,
        labelled_lines(
            *zip(
                (template("With {h}", "{h}との関係", h=called), Text("Also", "ほかに")),
                map(page.cell, top[: 1 if alone else 2]),  # the answer has six lines
                strict=False,
            ),
            (Text("Last high-level meeting", "直近の要人会談"), last[0] if last else plain(NONE_ON_RECORD)),
            (Text("Last bilateral meeting", "直近の二国間会合"), alone[0] if alone else None),
            (Text("Next high-level meeting", "次の要人会談"), ahead[0] if ahead else plain(NONE_ON_RECORD)),
            (template("Promises with {h}", "{h}との約束", h=called), promised_line(page, promises, urgent[:1])),
            (Text("Contested", "争点"), page.contested({id_, *counted})),
        ),
    )
    own_notes = [f for f in facts if isinstance(f, Note) and f.aspect in POSITIONS and id_ in f.of]
    figures = [f for f in facts if isinstance(f, Figure) and f.measure and id_ in f.countries]
    sections = [
        in_short,
        section(template("Treaties with {h}", "{h}との条約・協定", h=called), Pairs(items=tuple(lines))),
        section(_all_promises(page, concerned, id_), page.bullets(page.best(urgent[1:], 2, ordered=True))),
        section(Text("Figures", "数字"), _figures(desk, figures, 2)),
        section(Text("Who is who", "要人"), Pairs(items=offices(desk, id_).items[:MOST_OFFICES])),
        section(Text("Where it stands", "立場と制約"), page.bullets(page.best(own_notes, 3))),
        section(Text("Ahead", "今後"), Bullets(items=tuple(page.moments([*mine, *shared], 1, ahead=True)))),
        section(Text("Other events", "その他の動き"), Bullets(items=tuple(page.moments(mine, 2, ahead=False)))),
        section(Text("At a glance", "概要"), _glance(desk, country)),
    ]
    left = left_out(f"cabrief country {id_} --full")
    title = template("{c}: country profile", "{c}：国別概況", c=country.name)
    return fitted(desk.document(title, filled(*sections), left_out=left, subjects=(id_,)))


def _all_promises(page: Page, promises: Sequence[Commitment], country: str) -> Text:
    """The head of the promises that a page has room for, and the command that lists them all.

    It says how many there are with the host, of which some stand below it, and how many others.
    """
    host = page.pack.host
    ours = sum(host in (*each.by, *each.to) for each in promises)
    others = len(promises) - ours
    more = template(", {n} other{s}", "、ほか{n}件", n=others, s="s" * (others > 1)) if others else EMPTY
    forms = ("Promises ({n} with {h}{m}: {c})", "約束（{h}との{n}件{m}：{c}）")
    return template(*forms, n=ours, h=page.desk.name(host), m=more, c=f"cabrief commitments --country {country}")


def _of(fact: Fact) -> tuple[str, ...]:
    return (*(getattr(fact, "of", None) or ()), *(getattr(fact, "parties", None) or ()))


def _concerned(desk: Desk, facts: Sequence[Fact]) -> list[Commitment]:
    """Promises that concern a country: its own and those made to it, among its facts, and those of all."""
    own = [fact for fact in facts if isinstance(fact, Commitment)]
    return list({each.id: each for each in [*own, *desk.find(Commitment, region=desk.base.pack.id)]}.values())


def _met_alone(desk: Desk, met: Sequence[Event], latest: Sequence[Event]) -> list[Event]:
    """The last meeting of the two alone where the last of all was one with others in the same month; else none."""
    months = {bounds(event.date or "")[1][:MONTH] for event in latest if len(event.countries) > 1}
    found = latest_held(desk, (event for event in met if len(event.countries) == 1))
    return [event for event in found if bounds(event.date or "")[1][:MONTH] in months]


def _is_shared(desk: Desk, promise: Commitment) -> bool:
    """Whether a promise concerns all countries of the pack, and none more than another."""
    return set(desk.base.pack.countries) <= {*promise.countries, *promise.by, *promise.to}


def _glance(desk: Desk, country: Country) -> Pairs:
    """The basics that the pack keeps for a page, or the first of them."""
    basics = [basic for basic in desk.base.pack.basics if basic.page] or desk.base.pack.basics[:5]
    items = (
        (b.label, desk.value(f"{country.id}.{b.id}", country.basics.get(b.id), b.fresh_years).but()) for b in basics
    )
    return Pairs(items=tuple(items))


def _figures(desk: Desk, figures: Sequence[Figure], each: int) -> Table:
    """The newest figures of the pack's tables, the first rows of each; what is unknown or old fills no line."""
    newest = newest_figures(figures, desk.as_of)
    shown = {
        m: f for m, f in newest.items() if f.value is not None and years_since(figure_day(f), desk.as_of) <= OLDEST
    }
    tables: dict[str, list[str]] = {}
    for measure in desk.base.pack.measures:
        if measure.id in shown:
            tables.setdefault(measure.table, []).append(measure.id)
    kept = {id_ for ids in tables.values() for id_ in ids[:each]}
    labels = [(measure.id, measure.label) for measure in desk.base.pack.measures if measure.id in kept]
    return figure_table(desk, [(label_, shown[id_]) for id_, label_ in labels])


def figure_day(figure: Figure) -> str:
    """Last ISO day that the date of a figure may mean."""
    return bounds(figure.as_of or figure.date or "0001")[1]
