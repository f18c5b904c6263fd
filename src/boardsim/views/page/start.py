"""What the page shows before its script runs, or where it never does: the board at the start, and the register."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from boardsim.formats.schema.hints import quantity

Json = dict[str, Any]
Row = list[Any]

_PERSON, _ROLE, _ORG, _OPENED, _CLOSED, _FLAGS = range(6)
_INTERIM, _SUSPENDED = 1, 2


def holds(row: Row, since: int, at: int, known: int | None) -> bool:
    """Whether a row holds at an instant, as known at another; `since` is where its times begin."""
    begun, ended = row[since : since + 2]
    return (begun is None or begun <= at) and (ended is None or at < ended) and is_known(row, since + 2, known)


def is_known(row: Row, since: int, known: int | None) -> bool:
    """Whether a row is a part of what is known then; of all that is known by now, where that is None."""
    begun, ended = row[since : since + 2]
    if known is None:
        return ended is None
    return (begun is None or begun <= known) and (ended is None or known < ended)


def placed(page: Json, org: int, at: int, known: int | None) -> list[Row | None]:
    """The tenures of the directors by chair, and None for each that is vacant: people keep theirs where it is free."""
    role = number(page["roles"], "director")
    found = [row for row in page["tenures"] if row[_ROLE] == role and row[_ORG] == org and holds(row, 7, at, known)]
    found.sort(key=lambda row: -1 if row[7] is None else row[7])
    rules = in_force(page, org, at, known)
    chairs: list[Row | None] = [None] * max(len(found), (rules[1] if rules else None) or 0)
    own: dict[int, int] = {}
    for of, person, chair, since in page["chairs"]:
        if of == org and (person not in own or since is None or since <= at):
            own[person] = chair
    late = []
    for row in found:
        chair = own.get(row[_PERSON], -1)
        if 0 <= chair < len(chairs) and chairs[chair] is None:
            chairs[chair] = row
        else:
            late.append(row)
    for row in late:
        chairs[chairs.index(None)] = row
    return chairs


def in_force(page: Json, org: int, at: int, known: int | None) -> Row | None:
    """The bylaws of an organization at an instant."""
    return next((row for row in page["bylaws"] if row[0] == org and holds(row, 5, at, known)), None)


def number(declared: list[Json], id: str | None) -> int | None:
    """The number of what has that id; None where nothing has."""
    return next((place for place, one in enumerate(declared) if one["id"] == id), None)


def start_of(page: Json) -> Json:
    """The board at the start, and where that is."""
    at = page["start"] if page["start"] is not None else -1
    known = at if page["known"] == "then" else page["known"]
    org = number(page["orgs"], page["org"]) or 0
    rows = {row[0]: row for row in page["rulings"] if is_known(row, 5, known)}
    here = [(one, rows[n]) for n, one in enumerate(page["events"]) if one["at"] == at and n in rows]
    seats = [_seat(page, row, org, at, known) for row in placed(page, org, at, known)]
    unsure: dict[str, dict[str, None]] = {}
    for what, why in _unmarked(page, org, at, known):
        unsure.setdefault(what, {})[why] = None
    return {
        "when": here[0][0]["when"] if here else "",
        "lead": _lead(*here[0], len(here) - 1) if here else "",
        "remark": "Only what had become public by this moment." if known is not None else "",
        "org": page["orgs"][org]["name"] if len(page["orgs"]) > 1 else "",
        "seats": seats,
        "free": "Not on record" if _is_partial(page["orgs"][org], at) else "Vacant",
        "executives": [*_executives(page, org, at, known)],
        "unsure": "; ".join(f"{what}: {', '.join(why)}" for what, why in unsure.items()),
        "summary": _summary(page, org, at, known, sum(seat["person"] is not None for seat in seats)),
    }


def _lead(event: Json, ruling: Row, more: int) -> str:
    """What an event says; where it came to nothing, that too."""
    fault = f" ({fault_of(ruling)})" if ruling[1] != "effective" else ""
    return str(event["text"]) + fault + (f" (and {more} more)" if more else "")


def fault_of(ruling: Row) -> str:
    """Why an event came to nothing."""
    return f"{ruling[1]}: {ruling[4] or 'its reason is gone'}"


def _seat(page: Json, row: Row | None, org: int, at: int, known: int | None) -> Json:
    if row is None:
        return {"person": None, "initials": "", "ring": "vacant", "chair": False, "marks": ""}
    chair = number(page["roles"], "chair")
    chairs = any(
        one[_ROLE] == chair and one[_PERSON] == row[_PERSON] and one[_ORG] == org and holds(one, 7, at, known)
        for one in page["tenures"]
    )
    name = page["people"][row[_PERSON]]["name"]
    marks = _marks(page, row, org, at, known)
    return {"person": name, "initials": initials(name), "ring": "seat", "chair": chairs, "marks": ", ".join(marks)}


def _marks(page: Json, row: Row, org: int, at: int, known: int | None) -> list[str]:
    """All that is not certain of a tenure, in words."""
    doubts = [
        "not certain" if one[4] in ("span", "order") else one[4]
        for one in page["doubts"]
        if one[:3] == [row[_PERSON], row[_ROLE], org] and holds(one, 6, at, known)
    ]
    status = page["events"][row[_OPENED]]["status"]
    found = [*doubts, *([status] if status != "confirmed" else [])]
    suspended = ["suspended"] if row[_FLAGS] & _SUSPENDED else []
    return [*dict.fromkeys(found), *suspended, *(["died"] if _has_died(page, row[_PERSON], at, known) else [])]


def _has_died(page: Json, person: int, at: int, known: int | None) -> bool:
    """Whether somebody had died, of whom a tenure may be on record all the same."""
    deaths = {n for n, one in enumerate(page["events"]) if one["ends"] and one["person"] == person and one["at"] <= at}
    rulings = (row for row in page["rulings"] if row[0] in deaths and is_known(row, 5, known))
    return any(row[1] == "effective" for row in rulings)


def _unmarked(page: Json, org: int, at: int, known: int | None) -> Iterator[tuple[str, str]]:
    """What is not certain and stands at nobody's chair: an event in words, or the rules, and why."""
    director = number(page["roles"], "director")
    seated = {row[_PERSON] for row in placed(page, org, at, known) if row is not None}
    for person, role, of, event, why, *_ in (row for row in page["doubts"] if holds(row, 6, at, known)):
        if of != org or (role == director and person in seated):
            continue
        is_rules = person is None and not page["events"][event]["ends"]
        what = "the rules" if is_rules else page["events"][event]["text"].rstrip(".")
        yield what, WHY.get(why, why)


WHY: Mapping[str, str] = {"span": "the time is not exact", "order": "it hangs on an order that is not on record"}
"""What is said of a doubt that is not the status of a record."""


def _executives(page: Json, org: int, at: int, known: int | None) -> Iterator[Json]:
    role = number(page["roles"], "ceo")
    rows = [row for row in page["tenures"] if row[_ROLE] == role and row[_ORG] == org]
    held = [row for row in rows if holds(row, 7, at, known)]
    for row in held:
        name = page["people"][row[_PERSON]]["name"]
        yield {
            "person": name,
            "initials": initials(name),
            "role": role_title("ceo", "", interim=bool(row[_FLAGS] & _INTERIM)),
            "since": page["events"][row[_OPENED]]["since"],
            "marks": ", ".join(_marks(page, row, org, at, known)),
        }
    if rows and not held:
        yield {"person": None, "initials": "", "role": role_title("ceo", ""), "since": None, "marks": ""}


TITLES: Mapping[str, str] = {"ceo": "Chief executive", "cto": "CTO", "cfo": "CFO", "coo": "COO"}


def role_title(id: str, name: str, *, interim: bool = False) -> str:
    """The name of a role as a heading."""
    title = TITLES.get(id, name)
    if interim:
        return f"Interim {title if title.isupper() else title.lower()}"
    return title[:1].upper() + title[1:]


_SUFFIX = re.compile(r"(?:[JS]r\.?|II|III|IV)")


def initials(name: str) -> str:
    """The first letters of the first name and of the family's, after which `Jr.` or `III` may stand."""
    words = name.split()
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):  # ts/boards.ts has the same rule
        words.pop()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _is_partial(org: Json, at: int) -> bool:
    """Whether its board is only partly on record at an instant."""
    return bool(org["never_whole"] or (org["whole_from"] is not None and at < org["whole_from"]))


def _summary(page: Json, org: int, at: int, known: int | None, size: int) -> str:
    """How many sit, and how many seats are vacant; of a board that is only partly on record, nobody knows that."""
    partial, rules = _is_partial(page["orgs"][org], at), in_force(page, org, at, known)
    words = quantity(size, "director") + (" on record, who may not be all" if partial else "")
    if rules is None or rules[1] is None:
        return words
    vacant = max(0, rules[1] - size)
    seats = f"{quantity(vacant, 'vacant seat')} of {rules[1]}" if vacant else f"all seats taken of {rules[1]}"
    if partial and vacant:
        seats = f"of {quantity(rules[1], 'seat')}"
    return f"{words}, {seats}" + (" (the number of seats is assumed)" if "seats" in rules[3] else "")


def register_of(page: Json) -> Iterator[Json]:
    """Every tenure on the board and in offices, as it is known by now, by when it began."""
    rows = [row for row in page["tenures"] if row[10] is None and page["roles"][row[_ROLE]]["kind"] != "staff"]
    for row in sorted(rows, key=lambda row: -1 if row[7] is None else row[7]):
        closed = page["events"][row[_CLOSED]] if row[_CLOSED] is not None else None
        role = page["roles"][row[_ROLE]]
        yield {
            "person": page["people"][row[_PERSON]]["name"],
            "role": role_title(role["id"], role["name"], interim=bool(row[_FLAGS] & _INTERIM)),
            "org": page["orgs"][row[_ORG]]["name"],
            "since": page["events"][row[_OPENED]]["since"],
            "until": f"{closed['departure']} {closed['since']}" if closed else "",
        }
