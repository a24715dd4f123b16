"""Where sources err or disagree, and what is held: the weightiest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cabrief.document import HELD, OTHERWISE, WHY, Bullets, Cell, Document, Pairs, Paragraph, Section
from cabrief.language.text import EMPTY, Text, join, same, template, unstopped
from cabrief.model.kinds.disputes import Claim, Dispute
from cabrief.model.kinds.organisations import Organisation
from cabrief.reports.desk import Desk, section
from cabrief.store.base import Base

MOST_CLAIMANTS = 5  # who says something otherwise, by name
LONG_ENOUGH = 3  # letters of an abbreviation that names its source alone
FIELDS = ("id", "about", "category", "held", "others", "reason", "refs")
WEIGHT_TITLES: dict[str, Text] = {
    "high": Text("Serious: may mislead on something important", "重大：見過ごすと判断を誤るもの"),
    "medium": Text("Worth knowing", "知っておくべきもの"),
    "low": Text("Slips of little weight", "軽微なもの"),
}
MORE = Text("With reasons: --full, or cabrief why ID.", "理由は --full、または cabrief why ID。")
CATEGORIES: dict[str, Text] = {
    "error": Text("error", "誤り"),
    "outdated": Text("outdated", "古い情報"),
    "disagreement": Text("disagreement", "食い違い"),
    "wording": Text("wording", "表記"),
}


def view(
    base: Base,
    as_of: str,
    *,
    categories: Sequence[str] = (),
    weights: Sequence[str] = (),
    sources: Sequence[str] = (),
    countries: Sequence[str] = (),
    topics: Sequence[str] = (),
    full: bool = False,
) -> Document:
    """List the disputes that pass every filter by weight, in a line or two each; in full with their reasons.

    `sources`, `countries` and `topics` are ids, `categories` and `weights` words of these sets; an empty filter lets all
    pass. The rows have FIELDS.
    """
    desk = Desk(base, as_of)
    found = [d for d in desk.find(Dispute) if _passes(d, categories, weights, sources)]
    if countries or topics:
        found = [d for d in found if _concerns(desk, d, countries) and _concerns(desk, d, topics)]
    found.sort(key=lambda dispute: list(WEIGHT_TITLES).index(dispute.weight))
    sections = []
    for weight, title in WEIGHT_TITLES.items():
        mine = [dispute for dispute in found if dispute.weight == weight]
        if mine:
            heading = template("{t} ({n})", "{t}（{n}件）", t=title, n=len(mine))
            lines = Bullets(items=tuple(_in_short(desk, dispute) for dispute in mine))
            explained = [explain_dispute(desk, dispute) for dispute in mine]
            sections.append(section(title, sections=explained) if full else section(heading, lines))
    if not full and found:
        sections.insert(0, section(None, Paragraph(text=MORE)))
    rows = [{**{field: getattr(dispute, field) for field in FIELDS}, "others": _others(dispute)} for dispute in found]
    title = template("Disputes ({n})", "争点と誤り（{n}件）", n=len(found))
    return desk.document(title, sections, FIELDS, rows)


def _in_short(desk: Desk, dispute: Dispute) -> Cell:
    """What is contested, what is held, and what others say."""
    says = join([claim_words(desk, claim) for claim in dispute.others], "; ", "／")
    about = template("{c}. ", "{c}。", c=unstopped(dispute.summary)) if dispute.summary else EMPTY
    text = template(
        "{c}{k}: {h} {o}: {s}.",
        "{c}{k}：{h}{o}：{s}。",
        c=about,
        k=HELD,
        h=dispute.held,
        o=OTHERWISE,
        s=says,
    )
    refs = (*dispute.refs, *(ref for claim in dispute.others for ref in claim.refs))
    text = template("{t} ({i})", "{t}（{i}）", t=text, i=dispute.id)
    return Cell(text=text, id=dispute.id, refs=tuple(dict.fromkeys(refs)))


def claim_words(desk: Desk, claim: Claim) -> Text:
    """What somebody says otherwise, without its full stop, and who that is, unless the words name them."""
    said = unstopped(claim.says)
    sources = [desk.short(id_) for id_ in dict.fromkeys(ref.source for ref in claim.refs)]
    en = _first([name.en for name in sources if not _names(said.en, name.en)], ", ", "+{n} more")
    ja = _first([n.ja for n in sources if not (_names(said.ja, n.ja) or _names(said.ja, n.en))], "、", "ほか{n}件")
    inner = said.ja.endswith("）")  # the Japanese has no bracket behind another
    behind = f"{said.ja.removesuffix('）')}、{ja}）" if inner else f"{said.ja}（{ja}）"
    return Text(f"{said.en} ({en})" if en else said.en, behind if ja else said.ja)


def _first(names: Sequence[str], between: str, more: str) -> str:
    """Names in a row, the first few, and how many more there are."""
    rest = [more.format(n=len(names) - MOST_CLAIMANTS)] if len(names) > MOST_CLAIMANTS else []
    return between.join([*names[:MOST_CLAIMANTS], *rest])


def _names(said: str, name: str) -> bool:
    """Whether a sentence has a name, or its first word where that is a long abbreviation, as PwC or NHK are, but EU is not."""
    first = name.split(maxsplit=1)[0]
    short = len(first) >= LONG_ENOUGH and sum(letter.isupper() for letter in first) > 1
    return any(
        re.search(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", said) for word in (name, *([first] if short else []))
    )


def _others(dispute: Dispute) -> list[dict[str, Any]]:
    return [{"says": claim.says, "refs": claim.refs} for claim in dispute.others]


def _passes(dispute: Dispute, categories: Sequence[str], weights: Sequence[str], sources: Sequence[str]) -> bool:
    """Whether a dispute is of these categories and weights, and one of these sources holds or says otherwise."""
    named = {ref.source for refs in (dispute.refs, *(claim.refs for claim in dispute.others)) for ref in refs}
    return (
        (not categories or dispute.category in categories)
        and (not weights or dispute.weight in weights)
        and (not sources or bool(named & set(sources)))
    )


def _concerns(desk: Desk, dispute: Dispute, ids: Sequence[str]) -> bool:
    """Whether a dispute has to do with one of some ids, or is asked of none."""
    return not ids or not {*touched(desk, dispute), *topics_of(desk, dispute)}.isdisjoint(ids)


def touched(desk: Desk, dispute: Dispute) -> tuple[str, ...]:
    """Ids of what a dispute is about, and of the countries and powers that this concerns."""
    about = dispute.about.partition(".")[0]
    record = desk.card(about)
    countries, powers = desk.concerned(record) if record else ((), ())
    whom = powers if dispute.countries else (*countries, *powers)  # of several countries, those that it concerns
    if isinstance(record, Organisation):  # what is said of a member is about nobody else
        members = [said.countries for said in record.assertions() if said.path and said.id == dispute.about]
        whom = members[0] if members else whom
    return tuple(dict.fromkeys((about, *dispute.countries, *whom)))


def topics_of(desk: Desk, dispute: Dispute) -> tuple[str, ...]:
    """Topics of what a dispute is about."""
    return desk.topics(desk.card(dispute.about.partition(".")[0]))


def explain_dispute(desk: Desk, dispute: Dispute) -> Section:
    """One dispute: what is held, who says otherwise, and why it is held."""
    items: list[tuple[Text, Cell]] = [
        (HELD, Cell(text=dispute.held, id=dispute.id, refs=dispute.refs)),
        *((OTHERWISE, _claimed(desk, dispute, claim)) for claim in dispute.others),
        (WHY, Cell(text=dispute.reason, id=dispute.id)),
        (Text("Kind", "種別"), Cell(text=CATEGORIES[dispute.category])),
        (Text("Marks", "対象"), Cell(text=same(dispute.about))),
    ]
    return section(same(dispute.id), Pairs(items=tuple(items)))


def _claimed(desk: Desk, dispute: Dispute, claim: Claim) -> Cell:
    """What somebody says otherwise as a sentence, with its own evidence."""
    text = template("{c}.", "{c}。", c=claim_words(desk, claim))
    who = join([desk.short(id_) for id_ in dict.fromkeys(ref.source for ref in claim.refs)])
    said = template("otherwise: {w}", "異なる記述：{w}", w=who)
    return Cell(text=text, id=dispute.id, refs=claim.refs, credited=said)
