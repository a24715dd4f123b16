"""What has become of a commitment by a day, for all whom it concerns or for one country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cabrief.language.dates import bounds, date_text, searched_text
from cabrief.language.text import Text, join, template, unstopped
from cabrief.model.by_day import ByDay
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.commitments import OUTCOMES, Commitment, Outcome
from cabrief.model.searches import unsearched

DONE = ("kept", "partly", "missed")
KEPT = ("kept", "partly")
SETTLED = ("kept", "missed")
Naming = Callable[[str], Text]


class Result(Frozen):
    """The last outcome for some countries, by their ids; without any, for all that no other names."""

    outcome: Outcome
    countries: tuple[str, ...]

    @property
    def status(self) -> str:
        """What the outcome tells."""
        return self.outcome.status


class Fate(Frozen):
    """What has become of a promise: a status, whether it is overdue, and the outcomes that tell, in the order of time.

    A promise whose date lies ahead is open, even if somebody has searched for a result in vain.

    Of several countries, the last outcome of each counts. `elsewhere` says, of one country, that it was kept in others alone.
    """

    status: str
    overdue: bool
    results: tuple[Result, ...]
    elsewhere: bool = False

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes themselves."""
        return tuple(result.outcome for result in self.results)

    @property
    def last(self) -> Outcome | None:
        """The last outcome that tells what was done, whatever somebody looked for in vain after it; else the last of all."""
        done = [outcome for outcome in self.outcomes if outcome.status in DONE]
        return (done or self.outcomes)[-1] if self.results else None

    @property
    def done_in(self) -> tuple[str, ...]:
        """Ids of the countries in which it was kept, wholly or in part, where these are named; else none."""
        done = [result.countries for result in self.results if result.status in KEPT]
        return tuple(dict.fromkeys(id_ for countries in done for id_ in countries)) if all(done) else ()


def promise_fate(commitment: Commitment, by_day: ByDay, country: str = "") -> Fate:
    """What has become of a promise by a day; of one country, by its id, if one is asked for.

    It is overdue once its date has passed and it was neither kept nor missed.
    """
    return _fate(commitment, _everywhere(commitment, by_day), by_day, country)


def fates_by_country(commitment: Commitment, by_day: ByDay, countries: Iterable[str]) -> list[Fate]:
    """What has become of a promise in each of some countries."""
    everywhere = _everywhere(commitment, by_day)
    named = {id_ for result in everywhere.results for id_ in result.countries}
    found: dict[str, Fate] = {}  # of all that no outcome names, there is one
    ids = list(countries)
    for country in ids:
        key = country if country in named else ""
        if key not in found:
            found[key] = _fate(commitment, everywhere, by_day, country)
    return [found[country if country in named else ""] for country in ids]


def _fate(commitment: Commitment, everywhere: Everywhere, by_day: ByDay, country: str) -> Fate:
    """The fate in a country, or in all, by the results everywhere."""
    here = everywhere.results
    if country:
        own = tuple(each for each in here if country in each.countries)
        here = own or tuple(each for each in here if not each.countries)
    due = bool(commitment.due) and bounds(commitment.due or "")[1] < by_day.day
    if here and commitment.due and not due and not any(each.status in DONE for each in here):
        return Fate(status="open", overdue=due, results=here)
    if not here and any(each.status in KEPT for each in everywhere.results):
        late = due and everywhere.status not in SETTLED
        return Fate(status=everywhere.status, overdue=late, results=everywhere.results, elsewhere=True)
    if not here:
        return Fate(status="unknown" if due else "open", overdue=due, results=())
    if country:  # what came about in this one
        last = here[-1].status
        return Fate(status=last, overdue=due and last not in SETTLED, results=here[-1:])
    settled = all(each.status in SETTLED for each in here) and not everywhere.lacks
    return Fate(status=everywhere.status, overdue=due and not settled, results=here)


class Everywhere(Frozen):
    """The last outcome of each country that was on record by a day, and the one for all others, in the order of time.

    Their one `status`; and whether they name countries, and not all countries that the promise concerns.
    """

    results: tuple[Result, ...]
    status: str
    lacks: bool


def _everywhere(commitment: Commitment, by_day: ByDay) -> Everywhere:
    """What has come about of a promise; worked out once for the day."""
    if commitment.id not in by_day.kept:
        results = tuple(_last_outcomes(commitment, by_day)) if commitment.outcomes else ()
        lacks = _lacks_some(commitment, results, by_day)
        status = _together(results, lacks=lacks) if results else ""
        by_day.kept[commitment.id] = Everywhere(results=results, status=status, lacks=lacks)
    found: Everywhere = by_day.kept[commitment.id]
    return found


def _last_outcomes(commitment: Commitment, by_day: ByDay) -> Iterator[Result]:
    """See `Everywhere`."""
    last: dict[str, Outcome] = {}  # by countries; the one for all others under an empty id
    known = [(by_day.when(each.date, each.refs), each) for each in commitment.outcomes if _is_known(each, by_day)]
    for _, each in sorted(known, key=lambda pair: pair[0]):
        for id_ in each.countries or ("", *(id_ for id_ in last if id_)):
            before = last.get(id_) or last.get("")
            if not before or not _stays(before, each, apart=bool(id_ and not each.countries)):
                last[id_] = each
    if all(id_ in last for id_ in _concerned(commitment, by_day)) and len(last) > 1:
        last.pop("", None)  # there are no others
    groups: dict[int, list[str]] = {}
    for id_, each in last.items():
        groups.setdefault(id(each), []).append(id_)
    for _, each in sorted(known, key=lambda pair: pair[0]):
        if ids := groups.get(id(each)):
            yield Result(outcome=each, countries=() if "" in ids else tuple(ids))


def _stays(before: Outcome, new: Outcome, *, apart: bool) -> bool:
    """Whether a result counts on after a new outcome; `apart`, the result of a country that the new one does not name.

    What was done stays done when a search finds nothing. What a country got it has, whatever is said of the promise as a
    whole; that it was missed there stays until the whole was kept or missed.
    """
    if new.status == "unknown":
        return before.status in DONE
    if not apart or new.status == before.status:
        return False
    if before.status in KEPT:
        return new.status != "kept"
    return before.status == "missed" and new.status not in SETTLED


def _is_known(outcome: Outcome, by_day: ByDay) -> bool:
    return by_day.has_happened(outcome.date, outcome.refs)


def _concerned(commitment: Commitment, by_day: ByDay) -> list[str]:
    """Ids of the countries in which a promise is to be kept: those it is to or about; by, where outcomes name who promised."""
    done_in = {id_ for outcome in commitment.outcomes if _is_known(outcome, by_day) for id_ in outcome.countries}
    givers = () if done_in.isdisjoint(commitment.by) else commitment.by
    ids = dict.fromkeys((*givers, *commitment.to, *commitment.countries))
    return [id_ for id_ in ids if by_day.is_country(id_)]


def _together(results: tuple[Result, ...], *, lacks: bool) -> str:
    """One status for results in several countries; what was kept in some of them alone was kept in part."""
    states = {result.status for result in results}
    if states.intersection(KEPT) and (len(states) > 1 or lacks):
        return "partly"
    return "missed" if "missed" in states else results[-1].status


def _lacks_some(commitment: Commitment, results: tuple[Result, ...], by_day: ByDay) -> bool:
    """Whether results name countries, and not all countries that the promise concerns."""
    if not results or not all(result.countries for result in results):
        return False
    named = {id_ for result in results for id_ in result.countries}
    return any(id_ not in named for id_ in _concerned(commitment, by_day))


def promise_status(commitment: Commitment, by_day: ByDay, country: str = "") -> tuple[str, bool]:
    """Status on a day, and whether it is overdue; see `promise_fate`."""
    fate = promise_fate(commitment, by_day, country)
    return fate.status, fate.overdue


def tally(promises: Iterable[Commitment], by_day: ByDay, country: str = "") -> Text:
    """How many promises stand how on a day, in words: 4 open, 1 kept, 2 outcome unknown; 1 overdue.

    For a country, by its id, what was done in others alone is counted as done elsewhere.
    """
    fates = [promise_fate(each, by_day, country) for each in promises]
    told = []
    for state, words in OUTCOMES.items():
        mine = [fate.elsewhere for fate in fates if fate.status == state]
        forms = ("{n} {s} (elsewhere only)", "{s}{n}件（他国でのみ）")
        if not all(mine):
            forms = ("{n} {s} ({a} elsewhere only)", "{s}{n}件（うち{a}件は他国でのみ）")
        if not any(mine):
            forms = ("{n} {s}", "{s}{n}件")
        if mine:
            told.append(template(*forms, n=len(mine), s=words, a=sum(mine)))
    late = sum(fate.overdue for fate in fates)
    text = join(told)
    return template("{t}; {n} overdue", "{t}、うち期限超過{n}件", t=text, n=late) if late else text


def promise_text(commitment: Commitment, by_day: ByDay, name: Naming, country: str = "") -> Text:
    """The status on a day in words, with the day of its evidence, and where it came about if that is not everywhere.

    Of one that is overdue, for a country if one is given, it says so; `name` finds a name by an id.
    """
    fate = promise_fate(commitment, by_day)
    groups: dict[tuple[str, str], list[Result]] = {}
    for result in fate.results:  # what is settled stays so, anything else is known of its own day alone
        day = "" if result.status in SETTLED else result.outcome.date
        groups.setdefault((result.status, day), []).append(result)
    told = [_told(status, mine, name, fate) for (status, _), mine in groups.items()] or [OUTCOMES[fate.status]]
    text = join(told, "; ", "、")
    overdue = promise_fate(commitment, by_day, country).overdue if country else fate.overdue
    return template("overdue, {s}", "期限超過、{s}", s=text) if overdue else text


def outcomes_text(commitment: Commitment, by_day: ByDay, name: Naming, country: str = "") -> Text:
    """The status as `promise_text` gives it, and what is known of it, if that is more than a search."""
    text = promise_text(commitment, by_day, name, country)
    known = [each for each in promise_fate(commitment, by_day).outcomes if each.status != "unknown"]
    said = [unstopped(unsearched(each.text, by_day.day)) for each in known]
    told = join(said, ". ", "。")
    return template("{s}: {t}", "{s}：{t}", s=text, t=told) if said else text


def _told(status: str, results: list[Result], name: Naming, fate: Fate) -> Text:
    """One status in words: where it came about, if its outcomes say so, and the day of the last of them.

    `fate` is that of the promise, which may be open when a search found nothing.
    """
    where = dict.fromkeys(id_ for result in results for id_ in result.countries)
    text = OUTCOMES[status]
    if status == "unknown" and fate.status == "open":
        text = Text("open, no result found", "未完了、結果は確認できず")
    if all(result.countries for result in results):
        text = template("{s} in {w}", "{w}で{s}", s=text, w=join([name(id_) for id_ in where], " and ", "と"))
    elif any(result.countries for result in fate.results):
        text = template("{s} elsewhere", "ほかでは{s}", s=text)
    date = results[-1].outcome.date
    if status == "unknown":
        return searched_text(text, date)
    return template("{s} (as of {d})", "{s}（{d}時点）", s=text, d=date_text(date))
