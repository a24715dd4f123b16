"""What has dates stands in the order of time, and nothing stands in a list twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cabrief.language.dates import bounds
from cabrief.language.text import Text, quoted, template
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import Step, Treaty
from cabrief.model.record import Basic, Measure, Ref
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, Loaded, words_on


def date_order(loaded: Loaded) -> Iterator[Problem]:
    """The steps of a treaty stand in the order of time, and nothing is due before it was promised."""
    for entry in loaded.entries:
        record = entry.record
        if isinstance(record, Treaty):
            for i, (before, after) in enumerate(pairwise(record.steps)):
                if bounds(after.date)[1] < bounds(before.date)[0]:
                    words = words_on(
                        entry,
                        "{late} ({day}) is listed after {early} ({before})",
                        "{late}（{day}）が{early}（{before}）の後に並ぶ",
                        **_told(after, before),
                    )
                    hint = Text("order the steps by date", "stepsを日付順に並べる")
                    yield Problem(loaded.where(entry, "steps", i + 1, "date"), "date-order", words, hint)
            yield from _stages(loaded, entry, record)
        due = getattr(record, "due", None)
        date = getattr(record, "date", None)
        if due and date and bounds(due)[1] < bounds(date)[0]:
            en, ja = "due {due}, before the promise of {date}", "期限{due}が約束の日{date}より前"
            words = words_on(entry, en, ja, due=due, date=date)
            yield Problem(loaded.where(entry, "due"), "date-order", words)
        since, until = getattr(record, "since", None), getattr(record, "until", None)
        if since and until and bounds(until)[1] < bounds(since)[0]:
            words = words_on(
                entry, "until {until}, before since {since}", "{until}までが{since}以後より前", until=until, since=since
            )
            yield Problem(loaded.where(entry, "until"), "date-order", words)


def circles(loaded: Loaded) -> Iterator[Problem]:
    """No treaty comes in the place of one that comes, by itself or by others, in its own; and no event belongs to itself."""
    walked: set[str] = set()
    around: set[str] = set()  # ids from which the way leads back to them
    for entry in loaded.entries:
        for kind, field in CHAINS:
            if isinstance(entry.record, kind):
                way: dict[str, int] = {}
                at: str | None = entry.record.id
                while at and at not in walked:
                    walked.add(at)
                    way[at] = len(way)
                    at = getattr(loaded.get(at), field, None)
                around.update(list(way)[way[at] :] if at in way else ())
                if entry.record.id in around:
                    target = quoted(getattr(entry.record, field))
                    en, ja = "{field}: {id} leads back to it", "{field}: {id}をたどると自分に戻る"
                    yield Problem(loaded.where(entry, field), "circle", words_on(entry, en, ja, field=field, id=target))


def replaced_types(loaded: Loaded) -> Iterator[Problem]:
    """A treaty comes in the place of one of its own type: tables have a row for each type, and end the one with the other."""
    for entry in loaded.entries:
        if isinstance(entry.record, Treaty) and entry.record.replaces:
            other = loaded.get(entry.record.replaces)
            if isinstance(other, Treaty) and other.type != entry.record.type:
                en, ja = "replaces: {id} is of another type, {type}", "replaces: {id}は別の種類（{type}）"
                words = words_on(entry, en, ja, id=quoted(other.id), type=quoted(other.type))
                hint = Text("end it by a step of its own: terminated", "相手の側にterminatedの段階を加える")
                yield Problem(loaded.where(entry, "replaces"), "other-type", words, hint)


CHAINS: tuple[tuple[type[Treaty | Event], str], ...] = ((Treaty, "replaces"), (Event, "event"))


def _told(late: Step, early: Step) -> dict[str, str]:
    return {"late": late.stage, "day": late.date, "early": early.stage, "before": early.date}


def _stages(loaded: Loaded, entry: Entry, treaty: Treaty) -> Iterator[Problem]:
    order = ("signed", "ratified", "in-force", "applies", "terminated")
    dated = [(order.index(step.stage), i, step) for i, step in enumerate(treaty.steps) if step.stage in order[::2]]
    for (before, _, earlier), (after, i, later) in pairwise(dated):
        if after < before:
            en, ja = "{late} on {day}, after {early} on {before}", "{late}（{day}）が{early}（{before}）より後"
            words = words_on(entry, en, ja, **_told(later, earlier))
            hint = Text("correct one of the two dates", "どちらかの日付を直す")
            yield Problem(loaded.where(entry, "steps", i, "stage"), "stage-order", words, hint)


def listed_twice(loaded: Loaded) -> Iterator[Problem]:
    """No list of a record's names one thing twice, which would be counted and printed twice."""
    for entry in loaded.entries:
        for key, value in entry.record.__dict__.items():
            for i, id_ in _again(value) if type(value) is tuple and len(value) > 1 else ():
                words = words_on(entry, "{key}: {id} is listed twice", "{key}: {id}が重複", key=key, id=quoted(id_))
                yield Problem(loaded.where(entry, key, i), "listed-twice", words, DROP)


def listed_twice_in_pack(loaded: Loaded) -> Iterator[Problem]:
    """Nor do the lists of `pack.yaml`."""
    if not loaded.pack or not loaded.pack.id:
        return
    for key, value in loaded.pack.__dict__.items():
        for i, id_ in _again(value):
            en, ja = "the pack: {key}: {id} is listed twice", "パック: {key}: {id}が重複"
            yield Problem(loaded.where_in_pack(key, i), "listed-twice", template(en, ja, key=key, id=quoted(id_)), DROP)


DROP = Text("remove one of them", "一方を消す")


def _again(value: object) -> Iterator[tuple[int, str]]:
    """Places in a list of words, references or rows at which one stands that came before."""
    if type(value) is tuple and value and isinstance(value[0], (Basic, Measure)):
        value = tuple(row.id for row in value)
    if type(value) is tuple and len(value) > 1 and type(value[0]) in (str, Ref) and len(set(value)) < len(value):
        seen: set[str | Ref] = set()
        for i, each in enumerate(value):
            if each in seen:
                yield i, each.source if isinstance(each, Ref) else each
            seen.add(each)
