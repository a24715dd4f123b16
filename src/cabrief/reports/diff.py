"""What changed between two states of the facts: what was added and removed, and of what changed, which field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cabrief.document import Bullets, Cell, Column, Document, Paragraph, Section, Table
from cabrief.language.dates import END_OF_TIME, date_text
from cabrief.language.text import LANGS, Lang, Text, join, same, template
from cabrief.language.units import number_text
from cabrief.model.frozen import Frozen, field_names, numbered, written_alike
from cabrief.model.kinds import by_singular, kind
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.sources import Source
from cabrief.model.record import NO, YES, Assertion, Fact, Record, Ref, kind_of, label
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.reports.noting import as_citations, as_of_day
from cabrief.store.base import Base, Origin

FIELDS = ("change", "id", "kind", "field", "before", "after", "refs", "file", "line", "nature", "whose")
ADDED, CHANGED, REMOVED = Text("Added", "追加"), Text("Changed", "変更"), Text("Removed", "削除")
Evidence = tuple[tuple[Ref, ...], tuple[Ref, ...]]
HEADS = (Text("Field", "項目"), Text("Before", "変更前"), Text("After", "変更後"))
SETS = ("aliases", "codes", "partners")  # lists of names whose order means nothing; so it is with ids of other records
AS_BEFORE = "@before"  # behind the id of a source whose card has changed since; no id has such a sign
NOTHING_CELL = Cell(text=same("—"), state="not-applicable")
DATES = frozenset(
    ("date", "as_of", "due", "published", "retrieved", "started", "looked", "since", "until", "succession_from")
)
# fields that are said with the record's own evidence
CITED = ("text", "held", "reason", "value", "date", "due", "as_of")
IDS_OF_A_PACK = ("host", "countries", "powers", "treaty_types", "areas", "summit")  # fields of pack.yaml that hold ids
Links = Collection[tuple[str, str]]  # fields that hold ids, by the first and the last part of their names


class Sides(NamedTuple):
    """Two states of the facts, and which fields of a record hold ids."""

    before: Desk
    after: Desk
    links: Links


class Change(Frozen):
    """One field of a record that differs; None where it was or is absent."""

    field: str
    before: Text | None
    after: Text | None
    before_refs: tuple[Ref, ...] = ()
    after_refs: tuple[Ref, ...] = ()


def view(
    old: Base,
    new: Base,
    as_of: str,
    names: tuple[str, str],
    *,
    unread: Collection[str] = (),
    notes: Sequence[Text] = (),
    by_day: str = END_OF_TIME,
) -> Document:
    """Tell what changed from one fact base to another, in sentences with their sources; `names` says what the two are.

    `unread` are ids of records that could not be read on one side, of which nobody knows whether they changed; `notes` say
    why. Only records that can be told by `by_day`, an ISO day, are compared. What was said before is cited from the cards as
    they were: where one has changed, its id stands with `@before` behind it.
    """
    desks = Desk(old, as_of), Desk(new, as_of)
    recast = _recast(old, new)
    before, after = (
        {record.id: (record, origin) for record, origin in base.records(by_day) if record.id not in unread}
        for base in (old, new)
    )
    rows: list[dict[str, Any]] = []
    added = _listed(desks[1], "added", [after[id_] for id_ in after if id_ not in before], rows)
    pairs = [(before[id_][0], *after[id_]) for id_ in after if id_ in before]
    changed = _changed(desks, pairs, rows, recast)
    removed = _listed(desks[0], "removed", [before[id_] for id_ in before if id_ not in after], rows, recast)
    counts = {
        change: len({row["id"].partition(".")[0] for row in rows if row["change"] == change})
        for change in ("added", "changed", "removed")
    }
    told = template(
        "Records: {added} added, {changed} changed, {removed} removed.",
        "記録：追加{added}件、変更{changed}件、削除{removed}件。",
        **counts,
    )
    sections = [
        section(None, Paragraph(text=told), *(Paragraph(text=note) for note in notes)),
        *filled(
            *(
                section(title, sections=parts)
                for title, parts in ((ADDED, added), (CHANGED, changed), (REMOVED, removed))
            )
        ),
    ]
    title = template("What changed: {o} → {n}", "変更点：{o} → {n}", o=names[0], n=names[1])
    document = desks[1].document(title, sections, FIELDS, rows)
    gone = {ref.source for row in rows for ref in row["refs"]} - set(document.citations)
    cited = as_citations(old, (id_.removesuffix(AS_BEFORE) for id_ in gone))
    before_now = {
        id_: card.but(id=id_.replace("@", "-")) for id_ in gone if (card := cited.get(id_.removesuffix(AS_BEFORE)))
    }
    return document.but(citations={**document.citations, **before_now})


def _recast(old: Base, new: Base) -> frozenset[str]:
    """Ids of sources whose cards read otherwise now."""
    now = {card.id: card for card in new.find(Source)}
    return frozenset(card.id for card in old.find(Source) if card.id in now and now[card.id] != card)


def _as_it_was(refs: Iterable[Ref], recast: Collection[str]) -> tuple[Ref, ...]:
    """References that rest on the cards as they were before."""
    return tuple(ref.but(source=f"{ref.source}{AS_BEFORE}") if ref.source in recast else ref for ref in refs)


def _listed(
    desk: Desk,
    change: str,
    found: list[tuple[Record, Origin]],
    rows: list[dict[str, Any]],
    recast: Collection[str] = (),
) -> list[Section]:
    """Records that are there on one side only, by kind: everything that each of them says."""
    by_kind: dict[str, list[Cell]] = {}
    for record, origin in found:
        singular = kind_of(type(record)).singular
        natures = {each.id: each.nature for each in told_in_full(desk, record)}
        for said in _said(desk, record):
            cell = said.but(refs=_as_it_was(said.refs, recast))
            by_kind.setdefault(singular, []).append(cell)
            sides = {"before": None, "after": cell.text} if change == "added" else {"before": cell.text, "after": None}
            where = {"file": origin.file, "line": origin.line}
            rows.append(
                {"change": change, "id": cell.id, "kind": singular, "field": None, **sides, "refs": cell.refs, **where}
                | {"nature": natures.get(cell.id), "whose": cell.by}
            )
    return [section(_counted(name, cells), Bullets(items=tuple(cells))) for name, cells in by_kind.items()]


def _counted(singular: str, cells: list[Cell]) -> Text:
    name = kind(by_singular()[singular]).name
    count = len({cell.id.partition(".")[0] for cell in cells})
    return template("{k} ({n})", "{k}（{n}件）", k=Text(name.en.capitalize(), name.ja), n=count)


def told_in_full(desk: Desk, record: Record) -> Iterator[Assertion]:
    """Everything that a record says, an event with what became of it, and steps ahead as plans."""
    for each in as_of_day(record.assertions(desk.base.basics()), desk.by_day):
        yield each.but(text=desk.told(record)) if isinstance(record, Event) and each.id == record.id else each


def _said(desk: Desk, record: Record) -> list[Cell]:
    """What a record says; of one that says nothing, such as a source, what it is called."""
    said = [
        Cell(text=each.text, id=each.id, by=desk.whose(record, each), refs=each.refs)
        for each in told_in_full(desk, record)
    ]
    if said:
        return said
    name = label(record)
    if isinstance(record, Source):
        name = template("{t} ({p})", "{t}（{p}）", t=name, p=record.publisher)
    return [Cell(text=name, id=record.id)]


def _changed(
    desks: tuple[Desk, Desk],
    pairs: list[tuple[Record, Record, Origin]],
    rows: list[dict[str, Any]],
    recast: Collection[str],
) -> list[Section]:
    """What each record that differs says now, and a table of its fields; the pack itself first."""
    packs = desks[0].base.pack, desks[1].base.pack
    sections = []
    found: list[tuple[Any, Any, Origin]] = [(*packs, Origin(file="pack.yaml", line=1, layer="")), *pairs]
    for before, after, origin in found:
        fields = [each.but(before_refs=_as_it_was(each.before_refs, recast)) for each in changes(desks, before, after)]
        if not fields:
            continue
        singular = kind_of(type(after)).singular if isinstance(after, Record) else "pack"
        rows += [_row(singular, after.id, each, origin) for each in fields]
        name, what = label(after), kind(by_singular()[singular]).name if singular != "pack" else Text("pack", "パック")
        title = template("{k}: {l}", "{k}：{l}", k=Text(what.en.capitalize(), what.ja), l=name)
        title = template("{t} ({i})", "{t}（{i}）", t=title, i=after.id) if name.en != after.id else title
        columns = tuple(Column(title=head) for head in HEADS)
        table = Table(columns=columns, rows=tuple(_cells(after.id, each) for each in fields))
        whole = isinstance(after, Fact) and not any(each.field.startswith("text") for each in fields)
        sections.append(section(title, Bullets(items=(desks[1].cell(after),) if whole else ()), table))
    return sections


def _row(singular: str, id_: str, change: Change, origin: Origin) -> dict[str, Any]:
    refs = tuple(dict.fromkeys((*change.after_refs, *change.before_refs)))
    return {
        "change": "changed",
        "id": id_,
        "kind": singular,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "refs": refs,
        "file": origin.file,
        "line": origin.line,
        "nature": None,
        "whose": None,
    }


def _cells(id_: str, change: Change) -> tuple[Cell, ...]:
    before = Cell(text=change.before, refs=change.before_refs) if change.before else NOTHING_CELL
    return (
        plain(change.field),
        before,
        Cell(text=change.after, id=id_, refs=change.after_refs) if change.after else NOTHING_CELL,
    )


def changes(desks: tuple[Desk, Desk], before: Frozen, after: Frozen) -> Iterator[Change]:
    """Every field in which two records of one id differ; one that became another kind differs in its kind."""
    if type(before) is not type(after):
        kinds = [kind_of(type(record)).name for record in (before, after)]
        yield Change(field="kind", before=kinds[0], after=kinds[1])
        return  # what is there is another thing
    sides = Sides(*desks, _links(before, after))
    evidence = _refs(before), _refs(after)
    sets = {*SETS, *(after.link_fields() if isinstance(after, Record) else ())}
    for name in field_names(type(after)):
        pair = getattr(before, name, None), getattr(after, name, None)
        if name not in ("id", "overrides") and not (name in sets and _alike(*pair)) and all(map(_is_whole, pair)):
            yield from _field(sides, name, *pair, evidence)


def _is_whole(value: Any) -> bool:
    """Whether what a field holds was read whole, as all is but parts of a pack that `check` finds half written."""
    parts = value if isinstance(value, tuple) else (value,)
    return all(hasattr(part, name) for part in parts if isinstance(part, Frozen) for name in field_names(type(part)))


def _links(before: Frozen, after: Frozen) -> Links:
    """The fields of two records, or of the packs themselves, that hold ids of others."""
    if not (isinstance(before, Record) and isinstance(after, Record)):
        return {(name, name) for name in IDS_OF_A_PACK}
    pointers = (p for record in (before, after) for p in record.pointers() if p.to or p.role == "about")
    return {(str(p.place[0]), [part for part in p.place if isinstance(part, str)][-1]) for p in pointers}


def _alike(before: Any, after: Any) -> bool:
    """Whether two lists hold the same, in whatever order."""
    return isinstance(before, tuple) and isinstance(after, tuple) and set(before) == set(after)


def _refs(value: Any) -> tuple[Ref, ...]:
    return getattr(value, "refs", ())


def _field(sides: Sides, name: str, before: Any, after: Any, evidence: Evidence) -> Iterator[Change]:
    """How a field changed, item by item where it has several; `evidence` is what the record rests on, before and after."""
    if written_alike(before, after):
        return
    if any(isinstance(each, Ref) for side in (before, after) if isinstance(side, tuple) for each in side[:1]):
        yield from _evidence(name, before, after)
        return
    one, other = _items(before), _items(after)
    if one is not None and other is not None:
        for key in dict.fromkeys((*one, *other)):
            pair = one.get(key), other.get(key)
            yield from _field(sides, f"{name}.{key}", *pair, (_refs(pair[0]), _refs(pair[1])))
        if list(one) == list(other) or set(one) != set(other) or not _ordered(after):
            return
    words = _words(sides.before, sides.links, name, before), _words(sides.after, sides.links, name, after)
    if words[0] != words[1]:
        yield _worded(name, words, evidence)
    if isinstance(after, Frozen) and type(before) is type(after):
        yield from _unshown(sides, name, (before, after), evidence, alike=words[0] == words[1])
    elif words[0] == words[1]:  # two spellings that read alike
        yield Change(field=name, before=same(str(before)), after=same(str(after)))


def _unshown(sides: Sides, name: str, pair: tuple[Any, Any], evidence: Evidence, *, alike: bool) -> Iterator[Change]:
    """What of a value changed besides its words; references are told with the words where these are not `alike`."""
    before, after = pair
    for part in field_names(type(after)):
        shown = before.but(**{part: getattr(after, part)}).as_words() != before.as_words()
        if not shown and (alike or not part.endswith("refs")):
            yield from _field(sides, f"{name}.{part}", getattr(before, part), getattr(after, part), evidence)


def _evidence(name: str, before: tuple[Ref, ...], after: tuple[Ref, ...]) -> Iterator[Change]:
    """References that went and that came; their order means nothing."""
    old, new = set(before), set(after)
    gone, come = tuple(ref for ref in before if ref not in new), tuple(ref for ref in after if ref not in old)
    if gone or come:
        words = [join([ref.as_words() for ref in refs], "; ", "、") if refs else None for refs in (gone, come)]
        yield Change(field=name, before=words[0], after=words[1], before_refs=gone, after_refs=come)


def _worded(name: str, words: tuple[Text | None, Text | None], evidence: Evidence) -> Change:
    """A field that reads differently, in one language alone or in both."""
    before, after = words
    if before and after and (alike := [lang for lang in LANGS if before.pick(lang) == after.pick(lang)]):
        # who reads the other language would see no change
        lang: Lang = "ja" if alike[0] == "en" else "en"
        name, before, after = f"{name}.{lang}", same(before.pick(lang)), same(after.pick(lang))
    refs = evidence if name.startswith(CITED) or "." in name else ((), ())
    return Change(field=name, before=before, after=after, before_refs=refs[0], after_refs=refs[1])


def _ordered(value: Any) -> bool:
    return isinstance(value, tuple) and value[0].ORDERED


def _items(value: Any) -> dict[str, Any] | None:
    """Several values by what each of them is known by; None for a value that is one."""
    if isinstance(value, dict):
        return value
    if value == ():
        return {}
    if not isinstance(value, tuple) or not isinstance(value[0], Frozen):
        return None
    key = value[0].LISTED_BY
    names = numbered(str(getattr(each, key)) for each in value) if key else map(str, range(1, len(value) + 1))
    return dict(zip(names, value, strict=True))


def _words(desk: Desk, links: Links, name: str, value: Any) -> Text | None:
    """A value in words, an id as the name of its record; None where there is nothing."""
    if value is None or value == ():
        return None
    if type(value) is tuple:
        parts = (_words(desk, links, name, each) for each in value)
        return join([each for each in parts if each])
    if type(value) is str:
        ends = name.partition(".")[0], name.rpartition(".")[2]
        return date_text(value) if ends[1] in DATES else desk.name(value) if ends in links else same(value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Text):
        return value
    words: Text = value.as_words() if hasattr(value, "as_words") else number_text(value)
    return words
