"""What has become of an event by a day."""

from __future__ import annotations

import re

from cabrief.language.dates import bounds, date_text, has_begun, has_come, has_passed
from cabrief.language.text import Text, template
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.events import Event
from cabrief.model.searches import search_day, searched_on, unsearched

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
LEADERS = ("summit", "bilateral", "foreign-ministers", "visit")
MEETINGS = (*LEADERS, "dialogue", "forum")  # of all countries with the host: part of each one's record
UNREPORTED = ("unknown", "lapsed")  # over, and nobody knows: somebody searched in vain, or nobody has searched

# how sentences say so themselves, in English and Japanese; what looks far ahead begins once, at the first No
_SAID = {
    "planned": ("planned for", "に予定"),
    "cancelled": (
        r"cancel|called off|(?:not|never) (?:be held|held|take|took|meet|met|happen|go ahead)",
        "中止|取りやめ|見送|(?:開か|行わ|開催さ|実施さ)れ(?:な|ず)|実現(?:せず|しな)",
    ),
    "postponed": (r"postpon|put off|delay|reschedul|moved to", "延期|先送り|持ち越"),
    "unknown": (
        r"\b[Nn]o (?:report|news|sign|evidence)\b|\A(?>.*?\bNo\b).*\bfound by\b",
        "確認(?:され|でき)|報道はない",
    ),
    "lapsed": (
        r"\b[Nn]o (?:report|news|sign|evidence)\b|\A(?>.*?\bNo\b).*\bfound by\b",
        "確認(?:され|でき)|報道はない",
    ),
}


def says_status(sentence: Text, status: str) -> bool:
    """Whether a sentence says in both languages what became of an event that was not simply held."""
    return all(re.search(how, words) for how, words in zip(_SAID[status], sentence, strict=True))


def event_status(event: Event, by_day: ByDay) -> str:
    """Status of an event on a day, a word of the events' own: planned until it is over, or known not to take place.

    Lapsed where it is over and was only planned.
    """
    if not event.date:
        called_off = event.status in ("postponed", "cancelled") and is_news_to_come(event, by_day)
        in_vain = event.status == "unknown" and not _is_searched(event, by_day)
        return "planned" if called_off or in_vain else event.status
    # what somebody looked for in vain is told from the day of the search on
    searched = event.status == "unknown" and _is_searched(event, by_day)
    if has_come(event.date, by_day.day) and (searched or event.status not in ("planned", "unknown")):
        return event.status
    if has_passed(event.date, by_day.day):
        return "lapsed"
    called_off = event.status in ("postponed", "cancelled") and by_day.is_out(event.refs)
    held = event.status == "held" and by_day.has_happened(event.date, event.refs)
    in_vain = searched and bool(event.as_of) and has_begun(event.date, by_day.day)
    return event.status if called_off or held or in_vain else "planned"


def is_news_to_come(event: Event, by_day: ByDay) -> bool:
    """Whether the news of an event, or the search for one, is younger than the day."""
    return bool(event.as_of) and not by_day.has_held(event.as_of or "", event.refs)


def _is_searched(event: Event, by_day: ByDay) -> bool:
    """Whether somebody had looked in vain by the day, and not before the event may have begun."""
    looked = event.as_of
    if not looked or bounds(looked)[0] < bounds(looked)[1]:  # its sentence may tell the day
        looked = search_day(event.text.en) or looked
    if not looked:
        return True
    if not event.date:
        return by_day.has_happened(looked, event.refs)
    (begun, over), (first, last) = bounds(event.date), bounds(looked)
    wholly_behind = over < first <= by_day.day  # whatever day of its month it was
    return begun <= last and (wholly_behind or by_day.has_happened(looked, event.refs))


def event_sentence(event: Event, by_day: ByDay) -> Text:
    """What an event is told by: its sentence where that is no younger than the day of the report.

    Before an event is over, that is the sentence on its plan; its title and date alone where it tells how it went.
    Where the sentence does not say that the event was called off, or that nobody knows, it is said behind.
    """
    status, text = event_status(event, by_day), unsearched(event.text, by_day.day)
    later = is_news_to_come(event, by_day)
    if later and text is not event.text and event.as_of == searched_on(event.text):
        later = not by_day.is_out(event.refs)  # what stands before the search is as old as its sources
    if status == "planned" and event.date:
        date = date_text(event.date)
        plan = template("{t}: planned for {d}.", "{t}：{d}に予定。", t=event.title, d=date)
        younger = later if event.as_of else not by_day.is_out(event.refs)
        if event.status != "planned" or younger:
            return plan
        dated = all(day in words for day, words in zip(date, text, strict=True))
        return text if dated else template("{p} {t}", "{p}{t}", p=plan, t=text)
    words = EVENT_STATUS.get(status)
    if later or by_day.is_younger(text.en, event.refs):
        return template("{t}: {s}.", "{t}：{s}。", t=event.title, s=words) if words else event.title
    return with_status(text, event, by_day)


def with_status(text: Text, event: Event, by_day: ByDay) -> Text:
    """Words on an event with what became of it behind them, where they do not say so: a sentence, or a clause."""
    status = event_status(event, by_day)
    words = EVENT_STATUS.get(status)
    if not words or status == "planned" or says_status(text, status):
        return text
    if text.en.endswith("."):
        said = Text(f"{words.en[:1].upper()}{words.en[1:]}.", f"{words.ja}。")
        return Text(f"{text.en} {said.en}", text.ja + said.ja)
    return template("{t} – {s}", "{t}：{s}", t=text, s=words)


def taking_part(event: Event | Agreement) -> tuple[str, ...]:
    """Ids of those who took part in an event, its host among them; of an agreement with parties, of these."""
    if isinstance(event, Agreement) and event.parties:
        return event.parties
    host = (event.host,) if isinstance(event, Event) and event.host else ()
    return tuple(dict.fromkeys((*event.actors, *host, *event.countries)))
