"""One page on a topic, on an event or on an agreement: what was agreed, what has happened since, what is open."""

from __future__ import annotations

from cabrief.document import Bullets, Cell, Document, Pairs, Table
from cabrief.language.dates import bounds, date_text, has_begun
from cabrief.language.text import Text, join, same, template
from cabrief.model.happened import taking_part
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.topics import Topic
from cabrief.model.record import Fact, label
from cabrief.reports import standings
from cabrief.reports.desk import IN_SHORT, Desk, filled, plain, section
from cabrief.reports.figures import figure_table
from cabrief.reports.pages.building import (
    Page,
    known_figures,
    labelled_figures,
    labelled_lines,
    left_out,
    promised_line,
    what_was_agreed,
    when_text,
)
from cabrief.reports.pages.fitting import fitted
from cabrief.reports.pages.since import (
    NOTHING_AFTER,
    NOTHING_ON_TOPIC,
    newer_step,
    newest_told,
    since_line,
    since_summit,
)
from cabrief.reports.pages.summit import summit_page
from cabrief.reports.projects import newest_first
from cabrief.reports.topic_treaties import topic_standings, topic_treaties
from cabrief.store.base import Base

MOST_TYPES = 2  # of treaties on a page
SINCE, LATEST = Text("Since the summit", "首脳会合後"), Text("Latest", "最近の動き")
KINDS_PRINTED = (
    Agreement,
    Commitment,
    Event,
    Figure,
    Note,
    Project,
)  # on pages on a topic or an event; others are counted


def brief_page(base: Base, as_of: str, subject: str | None = None) -> Document:
    """One page on the summit, on a topic, on another event or on an agreement, whose id `subject` is.

    None is the pack's summit.
    """
    if subject is None or subject == base.pack.summit:
        return summit_page(base, as_of)
    record = base.get(subject)
    if isinstance(record, Topic):
        return topic_page(base, as_of, record)
    if base.can_be_told(record.id, as_of):
        return event_page(base, as_of, record)
    from cabrief.reports.brief import nothing_yet

    return nothing_yet(Desk(base, as_of), record)


def topic_page(base: Base, as_of: str, topic: Topic) -> Document:
    """One page on a topic: what was agreed, what has happened since, what is open."""
    desk = Desk(base, as_of)
    page = Page(desk)
    found = {id_: cls for id_, cls in desk.classes(topic=topic.id).items() if issubclass(cls, Fact)}
    facts = desk.find(*KINDS_PRINTED, topic=topic.id)
    events = [fact for fact in facts if isinstance(fact, Event)]
    promises = [fact for fact in facts if isinstance(fact, Commitment)]
    notes = [fact for fact in facts if isinstance(fact, Note)]
    agreed = page.best(what_was_agreed(facts), 1)
    moved = newer_step(page, since_summit(page, events, promises), page.summit_day, topic_treaties(desk, topic.id))
    since = moved or newest_told(page, notes)
    nothing = template(*NOTHING_ON_TOPIC, h=desk.name(page.pack.host))
    unsettled = [each for each in page.urgent(promises) if page.is_unsettled(each) and each.id not in page.printed][:1]
    promised = (
        Text("Promised", "約束・目標") if agreed and isinstance(agreed[0], Commitment) else Text("Agreed", "合意")
    )
    in_short = section(
        IN_SHORT,
        labelled_lines(
            (promised, page.cell(agreed[0]) if agreed else None),
            (SINCE if page.summit else LATEST, since_line(page, since, nothing)),
            (Text("All promises", "約束の件数"), promised_line(page, promises, unsettled) if promises else None),
            (Text("Ahead", "今後"), next(iter(page.moments(events, 1, ahead=True)), None)),
            (Text("Contested", "争点"), page.contested(found)),
        ),
    )
    sections = [
        in_short,
        section(Text("The figures", "数字"), figure_table(desk, labelled_figures(page.best(known_figures(facts), 3)))),
        section(Text("What is promised", "約束・目標"), page.bullets(page.best(page.urgent(promises), 4))),
        section(Text("Treaties", "条約・協定"), _matrix(desk, topic)),
        section(Text("Main points", "論点"), page.bullets(page.best(notes, 6))),
        section(
            Text("Projects", "事業"),
            page.bullets(page.best(newest_first(f for f in facts if isinstance(f, Project)), 3)),
        ),
        section(
            Text("Other events", "その他の動き"),
            Bullets(items=tuple(page.moments(events, 4, ahead=False))),
        ),
    ]
    left = left_out(f"cabrief brief {topic.id} --full")
    title = template("Brief: {t}", "概況メモ：{t}", t=label(topic))
    return fitted(desk.document(title, filled(*sections), left_out=left))


def _matrix(desk: Desk, topic: Topic) -> Table:
    """How treaties of the topic's first types stand with each country."""
    found = topic_standings(desk, topic.id)
    types = list(dict.fromkeys(each.type for each in found))[:MOST_TYPES]
    if not types:
        return Table(columns=(), rows=())
    return standings.matrix(desk, desk.base.pack.countries, [each for each in found if each.type in types])


def event_page(base: Base, as_of: str, event: Event | Agreement) -> Document:
    """One page on an event or an agreement: what it is, what was agreed, what has come of it."""
    desk = Desk(base, as_of)
    page = Page(desk)
    page.printed.add(event.id)
    linked = {"event_or_agreement": (event.id, *desk.classes(Agreement, event=event.id))}
    found = {id_: cls for id_, cls in desk.classes(**linked).items() if id_ != event.id}
    facts = [fact for fact in desk.find(*KINDS_PRINTED, **linked) if fact.id != event.id]
    events = [f for f in facts if isinstance(f, Event)]
    promises = [f for f in facts if isinstance(f, Commitment)]
    since = _since(page, event, facts) if isinstance(event, Agreement) else None
    who = [desk.name(id_) for id_ in taking_part(event)]
    in_short = section(
        IN_SHORT,
        labelled_lines(
            (Text("What", "内容"), page.cell(event)),
            (
                Text("When and where", "日時・場所"),
                plain(_when_and_where(event)).but(id=event.id, credited=desk.by(event)),
            ),
            (Text("Who", "参加"), plain(join(who)) if who else None),
            (Text("Since then", "その後"), since),
            (Text("Promises", "約束"), plain(page.verdict(promises)) if promises else None),
            (Text("Contested", "争点"), page.contested({event.id, *found})),
        ),
    )
    notes = [f for f in facts if isinstance(f, Note)]
    apart = () if isinstance(event, Agreement) else tuple(n.id for n in notes if n.agreement)
    sections = [
        in_short,
        section(Text("The figures", "数字"), figure_table(desk, labelled_figures(page.best(known_figures(facts), 4)))),
        section(Text("What was agreed", "合意内容"), page.bullets(page.best(what_was_agreed(facts), 8))),
        section(Text("Main points", "論点"), page.bullets(page.best([n for n in notes if n.id not in apart], 6))),
        section(Text("Around it", "前後の出来事"), Bullets(items=tuple(page.moments(events, 5, ahead=False)))),
    ]
    left = left_out(f"cabrief brief {event.id} --full")
    title = template("Brief: {t}", "概況メモ：{t}", t=event.title)
    return fitted(desk.document(title, filled(*sections), left_out=left))


def _since(page: Page, agreement: Agreement, facts: list[Fact]) -> Cell | None:
    """What has come of an agreement: an event or an outcome, else what the latest search for one found.

    None where nobody knows since when: neither it nor the event at which it was made has a date.
    """
    date = agreement.date or getattr(page.desk.base.get(agreement.event or ""), "date", None)
    if not date:
        return None
    events = [f for f in facts if isinstance(f, Event)]
    promises = [f for f in facts if isinstance(f, Commitment)]
    if moved := since_summit(page, events, promises, bounds(date)[1]):
        return moved
    notes = (each for each in facts if isinstance(each, Note) and each.aspect == "outlook" and each.as_of)
    later = [f for f in notes if (f.as_of or "") > bounds(date)[0] and has_begun(f.as_of or "", page.desk.as_of)]
    found = page.best(sorted(later, key=lambda note: note.as_of or "", reverse=True), 1)
    return page.cell(found[0]) if found else plain(NOTHING_AFTER)


def _when_and_where(event: Event | Agreement) -> Text:
    parts = [
        when_text(event),
        *([event.place] if isinstance(event, Event) and event.place else []),
    ]
    return join(parts)


def _with_date(event: Event) -> Text:
    if not event.date:
        return event.title
    ja = "{t}（{d}）" if "（" not in event.title.ja else "{t}、{d}"
    return template("{t}, {d}", ja, t=event.title, d=date_text(event.date))


def subjects(base: Base, as_of: str) -> Document:
    """The topics, agreements and events that there are pages on."""
    desk = Desk(base, as_of)
    topics = [(topic.id, topic.name) for topic in desk.find(Topic)]
    events = [each for each in desk.find(Event) if each.id == base.pack.summit or desk.find(event=each.id)]
    newest = [(e.id, _with_date(e)) for e in sorted(events, key=lambda e: e.date or "", reverse=True)]
    agreements = [(each.id, label(each)) for each in desk.find(Agreement)]
    parts = (
        (Text("Topics", "テーマ"), topics),
        (Text("Agreements", "文書"), agreements),
        (Text("Events", "出来事"), newest),
    )
    items = ((title, tuple((same(id_), plain(name)) for id_, name in found)) for title, found in parts)
    sections = filled(*(section(title, Pairs(items=each)) for title, each in items))
    return desk.document(Text("Pages of brief", "briefのページ"), sections)
