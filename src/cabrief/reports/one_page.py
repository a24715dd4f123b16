"""The page that a subject has by default: the answer first, then what carries it, within one screen or two.

Every line is a fact of the pack, in the order of its weight and its date; what does not fit is one option away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Column, Document, Pairs, Table
from cabrief.language.dates import bounds, date_text, has_come
from cabrief.language.text import EMPTY, Text, join, same, template
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import OUTCOMES, Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaty_types import TreatyType
from cabrief.model.promises import last_outcome, promise_status
from cabrief.model.record import WEIGHTS, Fact, label
from cabrief.reports import treaties
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.store.base import Base

IN_SHORT = Text("In short", "要点")
MEETINGS = ("summit", "bilateral", "foreign-ministers", "visit", "dialogue", "forum")
NONE_ON_RECORD = Text("none on record", "記録なし")
NOTHING_SINCE = Text("Nothing on record since the summit.", "首脳会合後の記録なし。")
OFFICES: dict[str, Text] = {
    "head-of-state": Text("Head of state", "国家元首"),
    "head-of-government": Text("Prime minister", "首相"),
    "foreign-minister": Text("Foreign minister", "外相"),
    "trade-minister": Text("Trade minister", "経済産業相"),
    "speaker": Text("Speaker", "議会議長"),
    "special-envoy": Text("Special envoy", "特使"),
    "ambassador-to-host": Text("Ambassador in {h}", "駐{h}大使"),
    "ambassador-from-host": Text("Ambassador of {h}", "{h}の大使"),
}
POSITIONS = ("policy", "dependency", "constraint", "resource", "aim", "strength", "limit", "risk", "challenge")


class Page:
    """A page in the making: its lines, each fact once, and what was left out of it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.pack = desk, desk.base.pack
        self.printed: set[str] = set()
        self.summit: Event | None = desk.base.get(self.pack.summit) if self.pack.summit else None

    def best(self, facts: Iterable[Fact], most: int, *, newest: bool = False) -> list[Any]:
        """The facts of most weight that the page has not printed; of one weight the newest first, or as the files have them."""
        left = [fact for fact in facts if fact.id not in self.printed]
        if newest:
            left.sort(key=lambda fact: bounds(fact.date)[0] if fact.date else "", reverse=True)
        left.sort(key=lambda fact: (WEIGHTS.index(fact.weight), not fact.key))
        self.printed |= {fact.id for fact in left[:most]}
        return left[:most]

    def cell(self, fact: Fact, before: Text | None = None) -> Cell:
        """A fact in its short form; of a promise, with what became of it."""
        desk = self.desk
        text = fact.summary or (desk.happened(fact) if isinstance(fact, Event) else fact.text)
        if isinstance(fact, Commitment):
            text = template("{t} – {s}", "{t}・{s}", t=_unstopped(text), s=self.state(fact))
        if before:
            text = template("{b}: {t}", "{b}：{t}", b=before, t=text)
        return desk.cell(fact, text).but(text=text)

    def state(self, promise: Commitment) -> Text:
        """What became of a promise, in a few words."""
        state, overdue = promise_status(promise, self.desk.as_of)
        outcome = last_outcome(promise, self.desk.as_of)
        if overdue:
            return template("due {d}, no outcome known", "期限{d}、結果不明", d=date_text(promise.due or ""))
        if outcome and state != "unknown":
            return template("{s}, {d}", "{s}（{d}）", s=OUTCOMES[state], d=date_text(outcome.date))
        if outcome:
            return template("no report found by {d}", "{d}までに報道なし", d=date_text(outcome.date))
        return template("due {d}", "期限{d}", d=date_text(promise.due)) if promise.due else OUTCOMES[state]

    def bullets(self, facts: Iterable[Fact]) -> Bullets:
        """Facts in their short form."""
        return Bullets(items=tuple(self.cell(fact) for fact in facts))

    def moments(self, events: Sequence[Event], most: int, *, ahead: bool) -> list[Cell]:
        """Events that are over, the newest first; or those that lie ahead, the next first, undated ones last."""
        day = self.desk.as_of
        mine = [each for each in events if each.id not in self.printed and (not _is_over(each, day)) == ahead]
        if ahead:
            mine = [each for each in mine if not each.date or not has_come(each.date, day)]
            mine.sort(key=lambda each: bounds(each.date)[0] if each.date else "9999")
        else:
            mine.sort(key=lambda each: bounds(each.date or "0001")[0], reverse=True)
            mine.sort(key=lambda each: each.weight == "low")
            mine = sorted(mine[:most], key=lambda each: bounds(each.date or "0001")[0], reverse=True)
        self.printed |= {each.id for each in mine[:most]}
        return [self.moment(each) for each in mine[:most]]

    def moment(self, event: Event) -> Cell:
        """An event with its date."""
        when = date_text(event.date) if event.date else Text("no date", "日付未定")
        text = template("{d}: {t}", "{d}：{t}", d=when, t=self.title(event))
        return self.desk.cell(event).but(text=text, by=None)

    def title(self, event: Event) -> Text:
        """An event with its place, said once."""
        if not event.place or event.place.en in event.title.en:
            return event.title
        return template(
            "{t}, {p}",
            "{t}（{p}）" if "（" not in event.title.ja + event.place.ja else "{t}、{p}",
            t=event.title,
            p=event.place,
        )

    def urgent(self, promises: Sequence[Commitment]) -> list[Commitment]:
        """Promises: overdue ones first, then by due date, then what has moved, then by weight."""

        def rank(each: Commitment) -> tuple[Any, ...]:
            state, overdue = promise_status(each, self.desk.as_of)
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
        states = [promise_status(each, self.desk.as_of) for each in promises]
        counted = [
            template("{n} {s}", "{s}{n}件", n=n, s=OUTCOMES[state])
            for state in OUTCOMES
            if (n := sum(mine == state for mine, _ in states))
        ]
        late = sum(overdue for _, overdue in states)
        text = template("{n} on record: {c}", "{n}件（{c}）", n=len(promises), c=join(counted))
        return template("{t}; {n} overdue", "{t}、うち期限超過{n}件", t=text, n=late) if late else text

    def contested(self, ids: Iterable[str]) -> Cell | None:
        """The weightiest dispute about some records: what is contested, in its own short words."""
        wanted = set(ids)
        about = [d for d in self.desk.find(Dispute) if d.about.partition(".")[0] in wanted or wanted & set(d.countries)]
        about = [d for d in about if d.summary and d.weight != "low"]
        about.sort(key=lambda d: (WEIGHTS.index(d.weight), d.category != "disagreement"))
        if not about:
            return None
        return Cell(text=join([d.summary or EMPTY for d in about[:2]], "; ", "；"), id=about[0].id, refs=about[0].refs)

    def standing_lines(self, country: str) -> list[tuple[Text, Cell]]:
        """Treaties with the host as three lines: what is in force and since when, what is not, and what nobody could find."""
        found = treaties.standings(self.desk, self.pack.treaty_types, [country])
        groups = (
            (Text("In force", "効力あり"), [each for each in found if each.in_force]),
            (Text("Not in force", "効力なし"), [e for e in found if not e.in_force and e.status != "unknown"]),
            (Text("Not found", "確認できず"), [each for each in found if each.status == "unknown"]),
        )
        lines = []
        for head, mine in groups:
            if mine:
                parts = [self._standing(each, dated=head.en != "Not found") for each in mine]
                refs = tuple(dict.fromkeys(ref for each in mine for ref in each.refs[-1:]))
                disputes = tuple(dict.fromkeys(id_ for e in mine for id_ in treaties.standing_disputes(self.desk, e)))
                id_ = next((each.treaty.id for each in mine if each.treaty), "")
                lines.append((head, Cell(text=join(parts, "; ", "、"), id=id_, refs=refs, disputes=disputes)))
        return lines

    def _standing(self, each: Any, *, dated: bool) -> Text:
        name = self.desk.name(each.type)
        name = Text(name.en.removesuffix(" agreement").removesuffix(" treaty").removesuffix(" memorandum"), name.ja)
        if not dated:
            return name
        status = treaties.status_cell(self.desk, each).text
        status = Text(status.en.removeprefix("in force, "), status.ja)
        return template("{n} ({s})", "{n}・{s}" if "（" in status.ja else "{n}（{s}）", n=name, s=status)


def _is_over(event: Event, day: str) -> bool:
    return bool(event.date) and has_come(event.date or "", day) and event.status != "planned"


def _unstopped(text: Text) -> Text:
    """A sentence without its full stop."""
    return Text(text.en.rstrip("."), text.ja.rstrip("。"))


def _pairs(*items: tuple[Text, Cell | None]) -> Pairs:
    return Pairs(items=tuple((name, cell) for name, cell in items if cell is not None))


def country_page(base: Base, as_of: str, id_: str) -> Document:
    """One page on a country: how it stands with the host, when they meet, what is promised and late, what protects."""
    desk = Desk(base, as_of)
    page, country = Page(desk), base.country(id_)
    facts = [
        fact
        for fact in desk.find(country_or_of_or_by_or_to_or_party_or_host=id_)
        if isinstance(fact, Fact) and not isinstance(fact, (Actor, Person))
    ]
    host = page.pack.host
    mine = [each for each in facts if isinstance(each, Event) and host in (*each.actors, each.host)]
    shared = [each for each in desk.find(Event, region=page.pack.id, actor=host) if each.type in MEETINGS]
    met = [each for each in (*mine, *shared) if each.type in MEETINGS and each.weight != "low"]
    promises = _concerned(desk, id_)
    top = page.best(
        [f for f in facts if f.weight == "high" and isinstance(f, (Note, Agreement)) and host in (*f.actors, *_of(f))],
        1,
    )
    last, ahead = page.moments([e for e in met if e.status == "held"], 1, ahead=False), page.moments(met, 1, ahead=True)
    urgent = page.urgent(promises)[:1]
    lines = page.standing_lines(id_)
    in_short = section(
        IN_SHORT,
        _pairs(
            (template("With {h}", "{h}との関係", h=desk.name(host)), page.cell(top[0]) if top else None),
            (Text("Last meeting", "直近の会合"), last[0] if last else plain(NONE_ON_RECORD)),
            (Text("Next meeting", "次の会合"), ahead[0] if ahead else plain(NONE_ON_RECORD)),
            (Text("Promises", "約束"), _promised(page, promises, urgent)),
            (Text("Contested", "争点"), page.contested({id_, *(f.id for f in facts)})),
        ),
    )
    own_notes = [f for f in facts if isinstance(f, Note) and f.aspect in POSITIONS and id_ in f.of]
    sections = [
        in_short,
        section(Text("At a glance", "概要"), _glance(desk, country)),
        section(Text("Who is who", "要人"), _offices(desk, id_)),
        section(template("Treaties with {h}", "{h}との条約・協定", h=desk.name(host)), Pairs(items=tuple(lines))),
        section(Text("Where it stands", "立場と制約"), page.bullets(page.best(own_notes, 4))),
        section(Text("Figures", "数字"), _figures(desk, id_, 9)),
        section(Text("Promises", "約束"), page.bullets(page.best(page.urgent(promises)[1:], 3))),
        section(Text("Latest", "最近の動き"), Bullets(items=tuple(page.moments(mine, 4, ahead=False)))),
        section(Text("Ahead", "今後"), Bullets(items=tuple(page.moments([*mine, *shared], 2, ahead=True)))),
    ]
    left = [fact for fact in facts if fact.id not in page.printed]
    title = template("{c} and {h}", "{c}と{h}", c=country.name, h=desk.name(host))
    return desk.document(title, filled(*sections), left_out=_left_out(left, f"cabrief country {id_} --full"))


def _of(fact: Fact) -> tuple[str, ...]:
    return (*(getattr(fact, "of", None) or ()), *(getattr(fact, "parties", None) or ()))


def _concerned(desk: Desk, id_: str) -> list[Commitment]:
    """Promises that concern a country: its own, those made to it, and those of all."""
    found = desk.find(Commitment, country_or_by_or_to=id_) + desk.find(Commitment, region=desk.base.pack.id)
    return list({each.id: each for each in found}.values())


def _promised(page: Page, promises: Sequence[Commitment], urgent: Sequence[Commitment]) -> Cell:
    """The verdict on promises, and the most urgent one with its evidence."""
    verdict = page.verdict(promises)
    if not urgent:
        return plain(verdict)
    page.printed.add(urgent[0].id)
    cell = page.cell(urgent[0])
    return cell.but(text=template("{v}. First: {t}", "{v}。まず、{t}", v=verdict, t=cell.text))


def _glance(desk: Desk, country: Country) -> Pairs:
    """The basics that the pack keeps for a page, or the first of them."""
    basics = [basic for basic in desk.base.pack.basics if basic.page] or desk.base.pack.basics[:5]
    items = (
        (b.label, desk.value(f"{country.id}.{b.id}", country.basics.get(b.id), b.fresh_years).but()) for b in basics
    )
    return Pairs(items=tuple(items))


def _offices(desk: Desk, id_: str) -> Pairs:
    """Who holds the offices that a desk asks for, as of the day."""
    host = desk.name(desk.base.pack.host)
    people = [
        *desk.find(Person, of=id_),
        *(p for p in desk.find(Person, country=id_) if p.office == "ambassador-from-host"),
    ]
    found = []
    for office, name in OFFICES.items():
        holders = [p for p in people if p.office == office and not (p.until and has_come(p.until, desk.as_of))]
        holders = [p for p in holders if not p.since or has_come(p.since, desk.as_of)]
        if holders:
            holder = max(holders, key=lambda p: bounds(p.since or p.as_of or "0001")[0])
            text = holder.name
            if since := holder.since or holder.as_of:
                forms = ("{n}, since {d}", "{n}（{d}から）") if holder.since else ("{n}, as of {d}", "{n}（{d}時点）")
                text = template(*forms, n=holder.name, d=date_text(since))
            found.append((template(name.en, name.ja, h=host), desk.cell(holder, text)))
    return Pairs(items=tuple(found[:5]))


def _figures(desk: Desk, id_: str, most: int) -> Table:
    """The newest figure of each row of the pack's tables, those of most weight first; what is unknown fills no line."""
    newest: dict[str, Figure] = {}
    for figure in desk.find(Figure, country=id_):
        if figure.measure and figure.value is not None:
            before = newest.get(figure.measure)
            if before is None or _day(figure) > _day(before):
                newest[figure.measure] = figure
    rows = []
    for measure in [m for m in desk.base.pack.measures if m.id in newest][:most]:
        figure = newest[measure.id]
        when = date_text(figure.as_of or figure.date or "") if figure.as_of or figure.date else same("—")
        rows.append((plain(measure.label), desk.cell(figure, figure.as_words()), plain(when)))
    heads = (Text("Figure", "項目"), Text("Value", "数値"), Text("As of", "時点"))
    return Table(columns=tuple(Column(title=head) for head in heads), rows=tuple(rows))


def _day(figure: Figure) -> str:
    return bounds(figure.as_of or figure.date or "0001")[1]


def _left_out(left: Sequence[Fact], command: str) -> Text:
    """What a page leaves out, and the command that prints it."""
    events = sum(isinstance(fact, Event) for fact in left)
    points = len(left) - events
    return template("+ {e} events, {p} points: {c}", "＋出来事{e}件、論点{p}件：{c}", e=events, p=points, c=command)


def topic_page(base: Base, as_of: str, topic: Topic) -> Document:
    """One page on a topic: what was agreed, what has happened since, what is open."""
    desk = Desk(base, as_of)
    page = Page(desk)
    facts = [fact for fact in desk.find(topic=topic.id) if isinstance(fact, Fact)]
    events = [fact for fact in facts if isinstance(fact, Event)]
    promises = [fact for fact in facts if isinstance(fact, Commitment)]
    since = _since_summit(page, events, promises)
    agreed = page.best(
        [f for f in facts if isinstance(f, (Agreement, Commitment)) or (isinstance(f, Note) and f.agreement)], 1
    )
    urgent = [each for each in page.urgent(promises) if each.id not in page.printed][:1]
    in_short = section(
        IN_SHORT,
        _pairs(
            (Text("Agreed", "合意"), page.cell(agreed[0]) if agreed else plain(NONE_ON_RECORD)),
            (Text("Since the summit", "首脳会合後"), since or plain(NOTHING_SINCE)),
            (Text("Open", "未了"), _promised(page, promises, urgent) if promises else None),
            (Text("Ahead", "今後"), next(iter(page.moments(events, 1, ahead=True)), None)),
            (Text("Contested", "争点"), page.contested(fact.id for fact in facts)),
        ),
    )
    notes = [fact for fact in facts if isinstance(fact, Note)]
    sections = [
        in_short,
        section(Text("The figures", "数字"), _numbers(desk, page.best([f for f in facts if isinstance(f, Figure)], 3))),
        section(Text("What is promised", "約束・目標"), page.bullets(page.best(page.urgent(promises), 4))),
        section(Text("Treaties", "条約・協定"), _topic_treaties(desk, topic)),
        section(Text("Main points", "論点"), page.bullets(page.best(notes, 6))),
        section(Text("Projects", "事業"), page.bullets(page.best([f for f in facts if isinstance(f, Project)], 3))),
        section(Text("Latest", "最近の動き"), Bullets(items=tuple(page.moments(events, 4, ahead=False)))),
    ]
    left = [fact for fact in facts if fact.id not in page.printed]
    title = template("Brief: {t}", "概況メモ：{t}", t=label(topic))
    return desk.document(title, filled(*sections), left_out=_left_out(left, f"cabrief brief {topic.id} --full"))


def _since_summit(page: Page, events: Sequence[Event], promises: Sequence[Commitment]) -> Cell | None:
    """The newest that has happened since the summit: an event, or an outcome of a promise."""
    start = bounds(page.summit.date)[1] if page.summit and page.summit.date else ""
    day = page.desk.as_of
    after = [e for e in events if _is_over(e, day) and bounds(e.date or "0001")[0] > start and e.weight != "low"]
    moved = [
        (outcome.date, each)
        for each in promises
        if (outcome := last_outcome(each, day))
        and outcome.status in ("kept", "partly", "missed")
        and bounds(outcome.date)[1] > start
    ]
    newest = max(after, key=lambda event: bounds(event.date or "0001")[0], default=None)
    if moved and (newest is None or max(bounds(d)[1] for d, _ in moved) > bounds(newest.date or "0001")[1]):
        _, promise = max(moved, key=lambda each: bounds(each[0])[1])
        outcome = last_outcome(promise, day)
        page.printed.add(promise.id)
        if outcome:
            text = template("{d}: {t}", "{d}：{t}", d=date_text(outcome.date), t=outcome.text)
            return Cell(text=text, id=promise.id, refs=outcome.refs)
    if newest is None:
        return None
    page.printed.add(newest.id)
    return page.moment(newest)


def _numbers(desk: Desk, found: Sequence[Figure]) -> Table:
    """Figures with their dates."""
    rows = tuple(
        (
            plain(figure.label),
            desk.cell(figure, figure.as_words()),
            plain(date_text(figure.as_of or figure.date or "") if figure.as_of or figure.date else same("—")),
        )
        for figure in found
    )
    heads = (Text("Figure", "項目"), Text("Value", "数値"), Text("As of", "時点"))
    return Table(columns=tuple(Column(title=head) for head in heads), rows=rows)


def _topic_treaties(desk: Desk, topic: Topic) -> Table:
    """How the treaties of the topic stand with each country."""
    types = [kind.id for kind in desk.find(TreatyType) if topic.id in kind.topics][:2]
    if not types:
        return Table(columns=(), rows=())
    found = treaties.standings(desk, types, desk.base.pack.countries)
    return treaties.matrix(desk, types, desk.base.pack.countries, found)


def event_page(base: Base, as_of: str, event: Event) -> Document:
    """One page on an event: what it was, what was agreed, what has come of it."""
    desk = Desk(base, as_of)
    page = Page(desk)
    page.printed.add(event.id)
    ids = {event.id, *(each.id for each in desk.find(Agreement) if each.event == event.id)}
    facts = [
        f for f in desk.find() if isinstance(f, Fact) and (f.event in ids or f.agreement in ids) and f.id != event.id
    ]
    events = [f for f in facts if isinstance(f, Event)]
    promises = [f for f in facts if isinstance(f, Commitment)]
    who = [desk.name(id_) for id_ in (*event.actors, *event.countries)]
    in_short = section(
        IN_SHORT,
        _pairs(
            (Text("What", "内容"), page.cell(event)),
            (Text("When and where", "日時・場所"), plain(_when_and_where(event))),
            (Text("Who", "参加"), plain(join(who)) if who else None),
            (Text("Promises", "約束"), plain(page.verdict(promises)) if promises else None),
            (Text("Contested", "争点"), page.contested({event.id, *(f.id for f in facts)})),
        ),
    )
    notes = [f for f in facts if isinstance(f, Note)]
    sections = [
        in_short,
        section(Text("The figures", "数字"), _numbers(desk, page.best([f for f in facts if isinstance(f, Figure)], 4))),
        section(Text("What was agreed", "合意内容"), page.bullets(page.best(_agreed(facts), 8))),
        section(Text("Main points", "論点"), page.bullets(page.best([n for n in notes if not n.agreement], 6))),
        section(Text("Around it", "前後の出来事"), Bullets(items=tuple(page.moments(events, 5, ahead=False)))),
    ]
    left = [fact for fact in facts if fact.id not in page.printed]
    title = template("Brief: {t}", "概況メモ：{t}", t=event.title)
    return desk.document(title, filled(*sections), left_out=_left_out(left, f"cabrief brief {event.id} --full"))


def _agreed(facts: Sequence[Fact]) -> list[Fact]:
    return [f for f in facts if isinstance(f, (Agreement, Commitment)) or (isinstance(f, Note) and f.agreement)]


def _when_and_where(event: Event) -> Text:
    parts = [
        date_text(event.date) if event.date else Text("no date", "日付未定"),
        *([event.place] if event.place else []),
    ]
    return join(parts)


def summit_page(base: Base, as_of: str) -> Document:
    """One page on the pack's summit: what was agreed area by area, what it is worth, what has come of it, what is missing."""
    desk = Desk(base, as_of)
    page = Page(desk)
    if page.summit is None:
        return desk.document(base.pack.name, [])
    event = page.summit
    around = [each for each in desk.find(Event, event=event.id) if each.id != event.id]
    ids = {event.id, *(each.id for each in around)}
    documents = {each.id for each in desk.find(Agreement) if each.event in ids}
    facts = [f for f in desk.find() if isinstance(f, Fact) and (f.event in ids or f.agreement in documents or f.key)]
    promises = [f for f in facts if isinstance(f, Commitment)]
    figures = [f for f in facts if isinstance(f, Figure) and f.key]
    target = next(iter(page.urgent([p for p in promises if p.amount])), None)
    told = page.best([f for f in facts if isinstance(f, Agreement) and f.event == event.id], 1)
    page.printed |= {event.id, *({target.id} if target else ())}
    since = _since_summit(page, [e for e in desk.find(Event) if page.pack.host in (*e.actors, e.host)], promises)
    in_short = section(
        IN_SHORT,
        _pairs(
            (Text("What", "内容"), page.cell(event) if desk.announced(event.refs) else None),
            (Text("Agreed", "合意"), page.cell(told[0]) if told else None),
            (Text("Target", "目標"), page.cell(target) if target else None),
            (Text("Since then", "その後"), since or plain(NOTHING_SINCE)),
            (Text("Promises", "約束"), plain(page.verdict(promises)) if promises else None),
        ),
    )
    areas = []
    for area in page.pack.areas:
        mine = [f for f in _agreed(facts) if area in f.topics]
        areas.append(section(desk.name(area), page.bullets(page.best(mine, 2))))
    rest = [f for f in facts if isinstance(f, Note) and f.aspect in ("risk", "challenge", "limit", "outlook")]
    motives = [f for f in facts if isinstance(f, Note) and f.aspect in ("motive", "significance")]
    found = treaties.standings(desk, page.pack.treaty_types, page.pack.countries)
    sections = [
        in_short,
        section(Text("What was agreed", "合意内容"), sections=filled(*areas)),
        section(Text("The figures", "数字"), _numbers(desk, page.best(figures, 3))),
        section(Text("Why it matters", "意義"), page.bullets(page.best(motives, 3))),
        section(
            Text("Treaties", "条約・協定"), treaties.matrix(desk, page.pack.treaty_types, page.pack.countries, found)
        ),
        section(Text("What could go wrong", "課題"), page.bullets(page.best(rest, 3))),
        section(Text("Ahead", "今後"), Bullets(items=tuple(page.moments(desk.find(Event), 3, ahead=True)))),
    ]
    left = [fact for fact in facts if fact.id not in page.printed]
    title = template("Brief: {t}", "概況メモ：{t}", t=event.title)
    return desk.document(title, filled(*sections), left_out=_left_out(left, "cabrief brief --full"))


def actor_page(base: Base, as_of: str, actor: Actor) -> Document:
    """One page on a power: what it wants, how it engages, when it met the region, where its limits are."""
    desk = Desk(base, as_of)
    page = Page(desk)
    page.printed.add(actor.id)
    notes = desk.find(Note, of=actor.id)
    events = desk.find(Event, actor=actor.id)
    met = [e for e in events if e.type in MEETINGS and e.weight != "low"]
    others = [f for f in desk.find(actor=actor.id) if isinstance(f, Fact)]
    last, ahead = page.moments([e for e in met if e.type == "summit"], 1, ahead=False), page.moments(met, 1, ahead=True)
    in_short = section(
        IN_SHORT,
        _pairs(
            (Text("What", "概要"), page.cell(actor)),
            (Text("Last summit", "直近の首脳会合"), last[0] if last else plain(NONE_ON_RECORD)),
            (Text("Ahead", "今後"), ahead[0] if ahead else None),
            (Text("Contested", "争点"), page.contested({actor.id, *(f.id for f in notes)})),
        ),
    )
    groups = (
        (Text("What it wants", "目的"), ("aim", "motive", "policy")),
        (Text("How it engages", "手段"), ("means", "cooperation")),
        (Text("Its part in the corridor", "回廊での役割"), ("corridor-role",)),
        (
            Text("Strengths and limits", "強みと限界"),
            ("strength", "limit", "risk", "challenge", "dependency", "constraint"),
        ),
        (Text("Outlook and advice", "見通しと提言"), ("outlook", "recommendation", "significance")),
    )
    parts = [
        section(title, page.bullets(page.best([n for n in notes if n.aspect in aspects], 3)))
        for title, aspects in groups
    ]
    named = [f for f in others if isinstance(f, Note) and f not in notes]
    sections = [
        in_short,
        *parts,
        section(Text("Where else it is named", "その他の言及"), page.bullets(page.best(named, 3))),
        section(
            template("Meetings with {r}", "{r}との会合", r=page.pack.region),
            Bullets(items=tuple(page.moments(met, 5, ahead=False))),
        ),
    ]
    left = [f for f in {x.id: x for x in (*notes, *others)}.values() if f.id not in page.printed]
    title = template("{n}: how it engages {r}", "{n}：{r}への関与", n=label(actor), r=page.pack.region)
    return desk.document(title, filled(*sections), left_out=_left_out(left, f"cabrief actors {actor.id} --full"))


def brief_page(base: Base, as_of: str, subject: str | None = None) -> Document:
    """One page on the summit, on a topic or on another event."""
    if subject is None or subject == base.pack.summit:
        return summit_page(base, as_of)
    record = base.get(subject)
    return event_page(base, as_of, record) if isinstance(record, Event) else topic_page(base, as_of, record)
