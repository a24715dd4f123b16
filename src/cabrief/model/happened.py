"""What has become of an event by a day."""

from __future__ import annotations

from cabrief.language.dates import has_begun, has_come
from cabrief.language.text import Text
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.events import Event

EVENT_STATUS: dict[str, Text] = {
    "planned": Text("planned", "予定"),
    "postponed": Text("postponed", "延期"),
    "cancelled": Text("cancelled", "中止"),
    "unknown": Text("no report found", "報道確認できず"),
    "lapsed": Text("day passed, not looked up since", "期日経過・未確認"),
}
EVENT_KINDS: dict[str, Text] = {
    "summit": Text("summit", "首脳会合"),
    "foreign-ministers": Text("foreign ministers", "外相会合"),
    "dialogue": Text("dialogue", "対話"),
    "bilateral": Text("bilateral", "二国間"),
    "visit": Text("visit", "訪問"),
    "forum": Text("forum", "フォーラム"),
    "conference": Text("conference", "会議"),
    "lecture": Text("lecture", "講演"),
    "meeting": Text("meeting", "会合"),
    "signing": Text("signing", "署名"),
    "launch": Text("launch", "開始"),
    "history": Text("background", "背景"),
    "flight": Text("flights", "航空便"),
    "treaty": Text("treaty", "条約"),
    "commitment": Text("due", "期限"),
}
UNREPORTED = ("unknown", "lapsed")  # over, and nobody knows: somebody searched in vain, or nobody has searched


def event_status(event: Event, by_day: ByDay) -> str:
    """Status of an event on a day, a word of the events' own: planned until it is over, or known not to take place.

    Lapsed where it is over and was only planned.
    """
    if not event.date:
        return event.status
    if has_come(event.date, by_day.day):
        return "lapsed" if event.status == "planned" else event.status
    called_off = event.status in ("postponed", "cancelled") and by_day.is_out(event.refs)
    held = event.status == "held" and by_day.has_happened(event.date, event.refs)
    looked = event.status == "unknown" and event.as_of and has_begun(event.date, by_day.day)
    in_vain = looked and has_come(event.as_of or "", by_day.day)
    return event.status if called_off or held or in_vain else "planned"
