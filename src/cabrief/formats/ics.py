"""iCalendar: what a report dates, as all-day entries that a calendar takes in and, on a second import, renews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vText

from cabrief.document import AS_OF, Dated, Document, layer
from cabrief.errors import UsageError
from cabrief.formats import How
from cabrief.formats.notes import QUIET, contested, is_quiet, proper_url, source_words
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, clean, template
from cabrief.model.record import Ref

HOUR = 9  # of the morning on which a calendar reminds
WHOLE_DAY = len("2025-12-20")
STATES_OF_EVENTS = {"cancelled": "CANCELLED", "planned": "TENTATIVE", "postponed": "TENTATIVE", "held": "CONFIRMED"}
DAY_UNKNOWN = Text("The date is known only as: {d}.", "判明している日付：{d}。")
STATUS_IS = Text("Status: {s}", "状況：{s}")
SOURCES_BELOW = Text("Sources:", "出典：")


def to_ics(document: Document, how: How) -> bytes:
    """Make a calendar of a report about dates; raises UsageError for another, and where nothing has a date."""
    if document.calendar is None:
        raise UsageError(
            "this report has no dates for a calendar: use cabrief timeline or cabrief commitments",
            "この報告にはカレンダーの日付がない：cabrief timeline か cabrief commitments を使う",
        )
    if not document.calendar:
        raise UsageError(
            "nothing in this report has a date, so there is no calendar to write: ask for more",
            "この報告に日付のあるものがなく、カレンダーは空になる：条件を広げる",
        )
    calendar = Calendar()
    calendar.add("prodid", f"-//cabrief//{how.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # the standard's name, and the one that programs know
        calendar.add(name, CalendarText(clean(document.title.pick(how.lang))))
    for entry in document.calendar:
        calendar.add_component(_event(document, how, entry))
    return bytes(calendar.to_ical())


class CalendarText(vText):
    """Text as it stands; the library takes a backslash before an N for the end of a line."""

    def to_ical(self) -> bytes:
        """The words in a calendar: RFC 5545, 3.3.11."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode("utf-8")


def _event(document: Document, how: How, entry: Dated) -> Event:
    """An entry over every day that its date may mean; its words say where the day is not known."""
    event, (first, last) = Event(), (date.fromisoformat(day) for day in bounds(entry.date))
    title = template("Due: {t}", "期限：{t}", t=entry.title) if entry.due else entry.title
    if not _is_exact(entry.date):
        title = template("{t} ({d})", "{t}（{d}）", t=title, d=date_text(entry.date))
    event.add("uid", f"{entry.cell.id}@cabrief")
    event.add("dtstamp", datetime.combine(date.fromisoformat(document.as_of), time(), UTC))
    event.add("dtstart", first)
    if last < date.max:  # no day comes after the last of all
        event.add("dtend", last + timedelta(1))
    event.add("summary", CalendarText(clean(title.pick(how.lang))))
    event.add("categories", [clean(entry.kind.pick(how.lang))])
    event.add("description", CalendarText("\n".join(clean(line) for line in _description(document, how, entry))))
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if entry.place:
        event.add("location", CalendarText(clean(entry.place.pick(how.lang))))
    if state := STATES_OF_EVENTS.get(entry.state):
        event.add("status", state)
    if how.sources and (url := next(_urls(document, entry.cell.refs), None)):
        event.add("url", proper_url(url))
    if how.alarm is not None and entry.ahead:
        event.add_component(_alarm(how, entry, clean(title.pick(how.lang))))
    return event


def _alarm(how: How, entry: Dated, title: str) -> Alarm:
    """A reminder in the morning some days before what is planned begins, or before the last day of what is due."""
    alarm, days = Alarm(), how.alarm or 0
    alarm.add("action", "DISPLAY")
    alarm.add("description", CalendarText(title))
    before = timedelta(days=-days - 1 if entry.due else -days, hours=HOUR)  # an entry ends when its last day is over
    alarm.add("trigger", before, parameters={"related": "END"} if entry.due else {})
    return alarm


def _is_exact(when: str) -> bool:
    """Whether a date names its day, or the first and the last of its days, without a doubt."""
    return all(len(part) == WHOLE_DAY for part in when.split("/"))


def _description(document: Document, how: How, entry: Dated) -> Iterator[str]:
    """What is stated, whose it is, what is contested, where it stands, and on what it rests: a line each."""
    cell = entry.cell
    whose = f"（{cell.by.ja}）" if cell.by and how.lang == "ja" else f" ({cell.by.en})" if cell.by else ""
    over = f" [{over}]" if (over := layer(document, cell)) else ""
    yield cell.text.pick(how.lang) + whose + over
    if what := contested(document, cell):
        yield f"{QUIET} {what.pick(how.lang)}"
    elif is_quiet(document, cell):
        yield f"{QUIET} " + ", ".join(id_ for id_ in cell.disputes if id_ in document.notes)
    if entry.status:
        yield STATUS_IS.pick(how.lang).format(s=entry.status.pick(how.lang))
    if not _is_exact(entry.date):
        yield DAY_UNKNOWN.pick(how.lang).format(d=date_text(entry.date).pick(how.lang))
    yield AS_OF.pick(how.lang).format(d=date_text(document.as_of).pick(how.lang))
    if how.sources and cell.refs:
        yield SOURCES_BELOW.pick(how.lang)
        yield from _sources(document, how, cell.refs)


def _sources(document: Document, how: How, refs: Iterable[Ref]) -> Iterator[str]:
    places: dict[str, list[Ref]] = {}
    for ref in refs:
        places.setdefault(ref.source, []).append(ref)
    for source, found in places.items():
        citation = document.citations.get(source)
        address = f" {citation.url}" if citation and citation.url else ""
        yield f"- {source_words(citation, found).pick(how.lang)}{address}"


def _urls(document: Document, refs: Iterable[Ref]) -> Iterator[str]:
    found = (document.citations.get(ref.source) for ref in refs)
    return (citation.url for citation in found if citation and citation.url)
