"""What has become of a commitment by a day, for all whom it concerns or for one country."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cabrief.language.dates import bounds, date_text, has_come, searched_text
from cabrief.language.text import Text, join, template
from cabrief.model.by_day import ByDay
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.commitments import OUTCOMES, Commitment, Outcome

DONE = ("kept", "partly", "missed")
SETTLED = ("kept", "missed")
Naming = Callable[[str], Text]


class Fate(Frozen):
    """What has become of a promise: a status, whether it is overdue, and the outcomes that tell, in the order of time.

    A promise whose date lies ahead is open, even if somebody has searched for a result in vain.

    Of several countries, the last outcome of each counts. `elsewhere` says, of one country, that all of them came about in
    others.
    """

    status: str
    overdue: bool
    outcomes: tuple[Outcome, ...]
    elsewhere: bool = False

    @property
    def last(self) -> Outcome | None:
        """The last outcome that tells what was done, whatever somebody looked for in vain after it; else the last of all."""
        done = [outcome for outcome in self.outcomes if outcome.status in DONE]
        return (done or self.outcomes)[-1] if self.outcomes else None

    @property
    def done_in(self) -> tuple[str, ...]:
        """Ids of the countries in which it was kept, wholly or in part, where these are named; else none."""
        done = [outcome.countries for outcome in self.outcomes if outcome.status in ("kept", "partly")]
        return tuple(dict.fromkeys(id_ for countries in done for id_ in countries)) if all(done) else ()


def promise_fate(commitment: Commitment, by_day: ByDay, country: str = "") -> Fate:
    """What has become of a promise by a day; of one country, by its id, if one is asked for.

    It is overdue once its date has passed and it was neither kept nor missed.
    """
    return _fate(commitment, _last_outcomes(commitment, by_day), by_day, country)


def fates_by_country(commitment: Commitment, by_day: ByDay, countries: Iterable[str]) -> list[Fate]:
    """What has become of a promise in each of some countries."""
    everywhere = _last_outcomes(commitment, by_day)
    whole = _together(commitment, everywhere, by_day) if everywhere else ""
    named = {id_ for outcome in everywhere for id_ in outcome.countries}
    found: dict[str, Fate] = {}  # of all that no outcome names, there is one
    ids = list(countries)
    for country in ids:
        key = country if country in named else ""
        if key not in found:
            found[key] = _fate(commitment, everywhere, by_day, country, whole)
    return [found[country if country in named else ""] for country in ids]


def _fate(
    commitment: Commitment, everywhere: tuple[Outcome, ...], by_day: ByDay, country: str, whole: str = ""
) -> Fate:
    """The fate in a country by the last outcomes everywhere; `whole` is their one status, if it is known already."""
    here = tuple(each for each in everywhere if not country or not each.countries or country in each.countries)
    due = bool(commitment.due) and bounds(commitment.due or "")[1] < by_day.day
    if commitment.due and not due and all(each.status == "unknown" for each in here or everywhere):
        elsewhere = bool(everywhere) and not here
        return Fate(status="open", overdue=due, outcomes=here or everywhere, elsewhere=elsewhere)
    if not here and everywhere:
        whole = whole or _together(commitment, everywhere, by_day)
        return Fate(status=whole, overdue=due, outcomes=everywhere, elsewhere=True)
    if not here:
        return Fate(status="unknown" if due else "open", overdue=due, outcomes=())
    if country:  # what came about in this one
        last = here[-1].status
        return Fate(status=last, overdue=due and last not in SETTLED, outcomes=here[-1:])
    settled = all(each.status in SETTLED for each in here) and not _lacks_some(commitment, here, by_day)
    return Fate(status=_together(commitment, here, by_day), overdue=due and not settled, outcomes=here)


def _last_outcomes(commitment: Commitment, by_day: ByDay) -> tuple[Outcome, ...]:
    """The last outcome of each country that was on record by a day, and the one for all before these.

    That somebody searched and found nothing takes back nothing that was done before.
    """
    last: dict[str, Outcome] = {}  # by countries; the one for all under an empty id
    done: set[str] = set()  # of these, where something was done
    for each in sorted(
        (o for o in commitment.outcomes if _is_known(o, by_day)), key=lambda o: by_day.when(o.date, o.refs)
    ):
        whole = not each.countries or "" in done
        if each.status == "unknown" and done and (whole or not done.isdisjoint(each.countries)):
            continue
        if not each.countries:
            last.clear()
            done.clear()
        last |= dict.fromkeys(each.countries or ("",), each)
        (done.update if each.status in DONE else done.difference_update)(each.countries or ("",))
    found = {id(outcome): outcome for outcome in last.values()}.values()
    return tuple(sorted(found, key=lambda o: by_day.when(o.date, o.refs)))


def _is_known(outcome: Outcome, by_day: ByDay) -> bool:
    if outcome.status == "unknown":  # its date is that of the search
        return has_come(outcome.date, by_day.day)
    return by_day.has_happened(outcome.date, outcome.refs)


def _together(commitment: Commitment, outcomes: tuple[Outcome, ...], by_day: ByDay) -> str:
    """One status for outcomes in several countries; what was kept in some of them alone was kept in part."""
    states = {outcome.status for outcome in outcomes}
    if states & {"kept", "partly"} and (len(states) > 1 or _lacks_some(commitment, outcomes, by_day)):
        return "partly"
    return "missed" if "missed" in states else outcomes[-1].status


def _lacks_some(commitment: Commitment, outcomes: tuple[Outcome, ...], by_day: ByDay) -> bool:
    """Whether outcomes name countries, and not all countries that the promise is to or about."""
    named = {id_ for outcome in outcomes for id_ in outcome.countries}
    if not all(outcome.countries for outcome in outcomes):
        return False
    return any(by_day.is_country(id_) for id_ in {*commitment.to, *commitment.countries} - named)


def promise_status(commitment: Commitment, by_day: ByDay, country: str = "") -> tuple[str, bool]:
    """Status on a day, and whether it is overdue; see `promise_fate`."""
    fate = promise_fate(commitment, by_day, country)
    return fate.status, fate.overdue


def tally(promises: Iterable[Commitment], by_day: ByDay, country: str = "") -> Text:
    """How many promises stand how on a day, in words: 4 open, 1 kept, 2 outcome unknown; 1 overdue.

    For a country, by its id, what was done in others alone is counted as done elsewhere.
    """
    fates = [promise_fate(each, by_day, country) for each in promises]
    told = [
        template(
            "{n} {s} (elsewhere only)" if away else "{n} {s}",
            "{s}{n}件（他国でのみ）" if away else "{s}{n}件",
            n=n,
            s=words,
        )
        for state, words in OUTCOMES.items()
        for away in (False, True)
        if (n := sum(fate.status == state and fate.elsewhere == away for fate in fates))
    ]
    late = sum(fate.overdue for fate in fates)
    text = join(told)
    return template("{t}; {n} overdue", "{t}、うち期限超過{n}件", t=text, n=late) if late else text


def promise_text(commitment: Commitment, by_day: ByDay, name: Naming, country: str = "") -> Text:
    """The status on a day in words, with the day of its evidence, and where it came about if that is not everywhere.

    Of one that is overdue, for a country if one is given, it says so; `name` finds a name by an id.
    """
    fate = promise_fate(commitment, by_day)
    groups: dict[str, list[Outcome]] = {}
    for outcome in fate.outcomes:
        groups.setdefault(outcome.status, []).append(outcome)
    told = [_told(status, mine, name, fate.status) for status, mine in groups.items()] or [OUTCOMES[fate.status]]
    text = join(told, "; ", "、")
    overdue = promise_fate(commitment, by_day, country).overdue if country else fate.overdue
    return template("overdue, {s}", "期限超過、{s}", s=text) if overdue else text


def _told(status: str, outcomes: list[Outcome], name: Naming, whole: str) -> Text:
    """One status in words: where it came about, if its outcomes say so, and the day of the last of them.

    `whole` is the status of the promise, which may be open when a search found nothing.
    """
    where = dict.fromkeys(id_ for outcome in outcomes for id_ in outcome.countries)
    text = OUTCOMES[status]
    if status == "unknown" and whole == "open":
        text = Text("open, no result found", "未完了、結果は確認できず")
    if all(outcome.countries for outcome in outcomes):
        text = template("{s} in {w}", "{w}で{s}", s=text, w=join([name(id_) for id_ in where], " and ", "と"))
    if status == "unknown":
        return searched_text(text, outcomes[-1].date)
    return template("{s} (as of {d})", "{s}（{d}時点）", s=text, d=date_text(outcomes[-1].date))
