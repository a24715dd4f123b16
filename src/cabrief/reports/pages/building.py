"""What pages of one screen are built from: lines chosen by weight and date, each fact once, with what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Pairs
from cabrief.language.dates import END_OF_TIME, bounds, date_text, searched_text, within_text
from cabrief.language.text import EMPTY, Text, join, template, unstopped
from cabrief.model.by_day import ByDay
from cabrief.model.happened import EVENT_STATUS, UNREPORTED, event_status
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.promises import SETTLED, promise_status, promise_text, tally
from cabrief.model.record import WEIGHTS, Fact
from cabrief.model.standing import Standing
from cabrief.reports import standings
from cabrief.reports.credits import PLANNED
from cabrief.reports.desk import Desk, plain
from cabrief.reports.noting import with_layer, with_place

UNTIL_APPLIED = ("applies from {d}, until then an older treaty", "{d}から適用、それまでは旧条約")
NONE_ON_RECORD = Text("none on record", "記録なし")


class Page:
    """A page in the making: its lines, each fact once, and what was left out of it."""

    def __init__(self, desk: Desk, country: str = "") -> None:
        """Begin a page; on the page of a country, given by its id, what became of promises there counts."""
        self.desk, self.pack, self.country = desk, desk.base.pack, country
        self.printed: set[str] = set()
        self.summit: Event | None = desk.base.get(self.pack.summit) if self.pack.summit else None

    @property
    def summit_day(self) -> str:
        """The last day that the date of the pack's summit may mean, after which all is later; empty where the pack has none."""
        if self.summit is None:
            return ""
        return bounds(self.summit.date)[1] if self.summit.date else END_OF_TIME  # nothing is known to be later

    def best(self, facts: Iterable[Fact], most: int, *, newest: bool = False, ordered: bool = False) -> list[Any]:
        """The facts of most weight that the page has not printed, at most `most`.

        Of one weight the newest first, or as the files have them; `ordered` ones have their order already.
        """
        left = [fact for fact in facts if fact.id not in self.printed]
        if newest:
            left.sort(key=lambda fact: bounds(fact.date)[0] if fact.date else "", reverse=True)
        if not ordered:
            left.sort(key=lambda fact: (WEIGHTS.index(fact.weight), not fact.key))
        self.printed |= {fact.id for fact in left[:most]}
        return left[:most]

    def cell(self, fact: Fact, before: Text | None = None) -> Cell:
        """A fact in its short form; of a promise, with what became of it."""
        desk = self.desk
        text = desk.shortly(fact) if fact.summary else _short(desk.told(fact))
        if isinstance(fact, Commitment):
            text = with_state(unstopped(desk.said(fact, text)), self.state(fact))
        if before:
            text = template("{b}: {t}", "{b}：{t}", b=before, t=text)
        return desk.cell(fact, text, signed=isinstance(fact, Commitment)).but(text=text)

    def state(self, promise: Commitment) -> Text:
        """What became of a promise, in a few words."""
        if promise.due and promise_status(promise, self.desk.by_day, self.country) == ("open", False):
            return template("due {d}", "期限{d}", d=date_text(promise.due))
        return promise_text(promise, self.desk.by_day, self.desk.name, self.country)

    def bullets(self, facts: Iterable[Fact]) -> Bullets:
        """Facts in their short form."""
        return Bullets(items=tuple(self.cell(fact) for fact in facts))

    def moments(self, events: Sequence[Event], most: int, *, ahead: bool) -> list[Cell]:
        """Events that are over, the newest first; or those that lie ahead, the next first, undated ones last.

        At most `most`.
        """
        day = self.desk.as_of
        unseen = [each for each in events if each.id not in self.printed]
        mine = [each for each in unseen if (not is_over(each, self.desk.by_day)) == ahead]
        if ahead:
            mine = [each for each in mine if not each.date or bounds(each.date)[1] >= day] or [
                each  # else what nobody has reported on, as long as its month or year is not over
                for each in unseen
                if each.date and bounds(each.date)[1] >= day and event_status(each, self.desk.by_day) in UNREPORTED
            ]
            mine.sort(key=lambda each: bounds(each.date)[1] if each.date else "9999-12-31~")
        else:
            mine.sort(key=lambda each: bounds(each.date or "0001")[0], reverse=True)
            mine.sort(key=lambda each: each.weight == "low")
            mine = sorted(mine[:most], key=lambda each: bounds(each.date or "0001")[0], reverse=True)
        self.printed |= {each.id for each in mine[:most]}
        return [self.moment(each) for each in mine[:most]]

    def moment(self, event: Event) -> Cell:
        """An event with its date behind it, as it stands after a label; the Japanese has no two brackets in a row."""
        when = when_text(event)
        title = self.title(event)
        placed = title.ja != event.title.ja and title.ja.endswith("）")
        text = template(
            "{t} ({d})", "{j}、{d}）" if placed else "{t}（{d}）", t=title, d=when, j=title.ja.removesuffix("）")
        )
        if state := EVENT_STATUS.get(event_status(event, self.desk.by_day)):
            text = text if state.en == "planned" else with_state(text, state)
        cell = self.desk.cell(event)
        return cell.but(text=text, by=None if cell.by is PLANNED else cell.by)

    def title(self, event: Event) -> Text:
        """An event with its place, said once."""
        return with_place(event.title, event.place) if event.place else event.title

    def urgent(self, promises: Sequence[Commitment]) -> list[Commitment]:
        """Promises: overdue ones first, then by due date, then what has moved, then by weight."""

        def rank(each: Commitment) -> tuple[Any, ...]:
            state, overdue = promise_status(each, self.desk.by_day, self.country)
            return (
                not overdue,
                WEIGHTS.index(each.weight),
                each.due is None,
                each.due or "",
                state not in ("partly", "kept"),
            )

        return sorted(promises, key=rank)

    def verdict(self, promises: Sequence[Commitment]) -> Text:
        """How many promises there are, and what became of them."""
        if not promises:
            return NONE_ON_RECORD
        told = tally(promises, self.desk.by_day, self.country)
        ja = "{n}件。{c}" if "（" in told.ja else "{n}件（{c}）"
        return template("{n} on record: {c}", ja, n=len(promises), c=told)

    def is_overdue(self, promise: Commitment) -> bool:
        """Whether a promise fell due and nobody has reported that it was kept."""
        return promise_status(promise, self.desk.by_day, self.country)[1]

    def is_unsettled(self, promise: Commitment) -> bool:
        """Whether nobody has reported that a promise was kept or broken."""
        return promise_status(promise, self.desk.by_day, self.country)[0] not in SETTLED

    def treaties_in_force(self) -> Cell:
        """How many of the types of treaty are in force with each country."""
        pack = self.pack
        found = standings.of(self.desk, pack.countries, pack.treaty_types)
        in_force = Counter(each.country for each in found if each.in_force)
        each = [
            template("{c} {n}", "{c}{n}", c=self.desk.name(country), n=in_force[country]) for country in pack.countries
        ]
        words = template(
            "{e}, of {n} types (cabrief treaties)",
            "{n}種類のうち、{e}（cabrief treaties）",
            n=len(pack.treaty_types),
            e=join(each),
        )
        return plain(words)

    def contested(self, ids: Iterable[str]) -> Cell | None:
        """The weightiest dispute about records of these ids: what is contested, in its own short words.

        None where there is none.
        """
        wanted = tuple(self.desk.disputed & set(ids))
        about = self.desk.find(Dispute, about=wanted) if wanted else []
        about = [d for d in about if d.summary and d.category == "disagreement" and d.weight != "low"]
        about = [d for d in about if not (self.country and d.countries) or self.country in d.countries]
        about.sort(key=lambda d: WEIGHTS.index(d.weight))
        if not about:
            return None
        told = about[:2]
        refs = tuple(dict.fromkeys(ref for dispute in told for ref in dispute.refs))
        text = join([dispute.summary or EMPTY for dispute in told], "; ", "／")
        return Cell(text=text, id=told[0].id, more=tuple(d.id for d in told[1:]), refs=refs)

    def standing_lines(self, country: str) -> list[tuple[Text, Cell]]:
        """Treaties with the host as three lines: what is in force and since when, what is not, and what nobody could find."""
        found = standings.of(self.desk, [country])
        groups = (
            (standings.HEAD_IN_FORCE, [each for each in found if each.in_force]),
            *standings.gaps_by_title(found),
        )
        lines = []
        for head, group in groups:
            # the mark of a dispute stands behind the line, so what it is about stands last
            mine = sorted(group, key=lambda each: bool(standings.standing_disputes(self.desk, each)))
            if mine:
                looked = [each for each in mine if each.looked and each.status == "unknown"]
                told = [self._standing(each) for each in mine if each not in looked]
                if days := [each.looked.date for each in looked if each.looked]:
                    text = join([self._standing(each) for each in looked], "; ", "、")
                    told = [searched_text(text, min(days)), *told]
                text = join(told, "; ", "、")
                refs = tuple(dict.fromkeys(ref for each in mine for ref in (*each.telling[:1], *each.ahead_refs)))
                disputes = tuple(dict.fromkeys(id_ for e in mine for id_ in standings.standing_disputes(self.desk, e)))
                ids = tuple(dict.fromkeys(id_ for e in mine for id_ in e.told_by)) or ("",)
                lines.append((head, Cell(text=text, id=ids[0], more=ids[1:], refs=refs, disputes=disputes)))
        return lines

    def _standing(self, each: Standing) -> Text:
        name = self.desk.name(each.type)
        name = Text(name.en.removesuffix(" agreement").removesuffix(" treaty").removesuffix(" memorandum"), name.ja)
        if each.status == "unknown":
            return template("{n} ({a})", "{n}（{a}）", n=name, a=each.announced) if each.announced else name
        # the line says that it is in force, or signed
        said = each.date_of(each.status) if each.status in ("in-force", "signed") else None
        applied = any(step.stage == "applies" for step in each.steps)
        later = each.applies_from if said and not applied else None
        ahead = (
            (None if each.in_force else each.enters, ("enters into force {d}", "{d}発効")),
            (later, UNTIL_APPLIED if each.older else ("applies from {d}", "{d}から適用")),
            (each.ends, ("ends {d}", "{d}に終了")),
        )
        told = [_unbracketed(within_text(said) if said else standings.status_cell(self.desk, each).text)]
        told += [_unbracketed(template(*forms, d=within_text(day))) for day, forms in ahead if day]
        whose = each.beside or (each.treaty.id if each.treaty else "")
        told += [with_layer(self.desk.base, whose, each.entering)] if each.entering else []
        return template("{n} ({t})", "{n}（{t}）", n=name, t=join(told))


def _short(text: Text) -> Text:
    """A sentence by itself without its full stop, as the short forms beside it have none."""
    return Text(
        text.en if ". " in text.en else text.en.removesuffix("."),
        text.ja if "。" in text.ja[:-1] else text.ja.removesuffix("。"),
    )


def _unbracketed(state: Text) -> Text:
    """A state that stands in a bracket: a doubtful date has none within it, nor has the Japanese any."""
    ja = state.ja.replace("（?）", "?").replace("（", "、").replace("）、", "／").replace("）", "")
    return Text(state.en.replace(" (?)", "?"), ja)


def with_state(text: Text, state: Text) -> Text:
    """A line with what became of it behind; the Japanese has no bracket in or behind another."""
    ja = f"{text.ja}：{state.ja}" if text.ja.endswith("）") else f"{text.ja}（{_unbracketed(state).ja}）"
    return Text(f"{text.en} – {state.en}", ja)


def when_text(event: Event | Agreement) -> Text:
    """The date, or that none was found for what is planned, and that it is not known of the rest."""
    if event.date:
        return date_text(event.date)
    planned = isinstance(event, Event) and event.status == "planned"
    return Text("no date found", "日程は確認できず") if planned else Text("date not known", "日付不明")


def is_over(event: Event, by_day: ByDay) -> bool:
    """Whether an event is over by a day, or known not to take place."""
    return event.status != "planned" and event_status(event, by_day) != "planned"


def labelled_lines(*items: tuple[Text, Cell | None]) -> Pairs:
    """Labels with their lines; one whose line is None is left out."""
    return Pairs(items=tuple((name, cell) for name, cell in items if cell is not None))


def promised_line(page: Page, promises: Sequence[Commitment], urgent: Sequence[Commitment]) -> Cell:
    """The verdict on promises, and the most urgent one with its evidence."""
    verdict = page.verdict(promises)
    if not urgent:
        return plain(verdict)
    page.printed.add(urgent[0].id)
    cell = page.cell(urgent[0])
    return cell.but(text=template("{v}. Among them: {t}", "{v}。例：{t}", v=verdict, t=cell.text))


def latest_held(desk: Desk, events: Iterable[Event]) -> list[Event]:
    """The last of some events that was held by the day, of whatever weight; none where none was."""
    held = [event for event in events if event.date and event_status(event, desk.by_day) == "held"]
    return [max(held, key=lambda event: bounds(event.date or ""))] if held else []


def labelled_figures(figures: Sequence[Figure]) -> list[tuple[Text, Figure]]:
    """Figures under their own labels."""
    return [(figure.label, figure) for figure in figures]


def known_figures(facts: Sequence[Fact]) -> list[Figure]:
    """Figures whose value is known."""
    return [fact for fact in facts if isinstance(fact, Figure) and fact.value is not None]


def what_was_agreed(facts: Sequence[Fact]) -> list[Fact]:
    """Declarations, promises, and what declarations say."""
    return [
        f
        for f in facts
        if isinstance(f, (Agreement, Commitment))
        or (isinstance(f, Note) and f.agreement and f.nature in ("reported", "plan"))
    ]


def left_out(command: str) -> Text:
    """Where everything stands that a page has no room for."""
    return template("More, with the evidence: {c}", "ほかの記録と根拠：{c}", c=command)
