"""The register of companies of the United Kingdom: lists of officers, with filing history and profile beside them.

A list has the dates on which things took effect, the filing history those on which the register was told.  What it
does not know, such as when somebody was appointed before 1992, stays unknown.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from boardsim.imports.entries import Fault, Key
from boardsim.imports.readers.json_ import document, lines_in
from boardsim.imports.register import Fields, Register, open_at_dissolved
from boardsim.imports.rows import unusable

_COMPANY = re.compile(r"/company/([^/]+)")
_APPOINTMENT = re.compile(r"/appointments/([^/]+)$")
_OFFICER = re.compile(r"/officers/([^/]+)/")
_BASE = re.compile(r"(?:corporate-)?(?:nominee-)?(director|secretary)")
"""Roles that are, in law, those of a director or a secretary, whoever holds them and for whomever."""

Filed = tuple[frozenset[str], str, str]
"""The words of an officer's name, the office, which is empty where it is not said, and the day of the filing."""

Filings = Mapping[tuple[str, str], Sequence[Filed]]
"""By side and the day that is told of: what was filed."""

_OFFICES = ("managing-officer", "director", "secretary", "member", "partner", "manager", "judicial-factor", "receiver")
"""The words for offices that roles and descriptions of filings have in common; `member` before the word that stands in
`limited-liability-partnership`."""

_FORMS = {
    **dict.fromkeys(("AP01", "AP02", "TM01"), "director"),
    **dict.fromkeys(("AP03", "AP04", "TM02"), "secretary"),
    **dict.fromkeys(("LLAP01", "LLAP02", "LLTM01"), "member"),
}
"""The office that a form is about."""


def lists(path: Path, file: str) -> list[Mapping[str, Any]]:
    """The lists of officers in a document: one, or several of as many companies or pages.

    Raises:
        BoardsimError: it is something else, or pages are missing.
    """
    found = document(path, file)
    several = found if isinstance(found, list) else [found]
    if not all(isinstance(one, dict) and isinstance(one.get("items"), list) for one in several):
        raise unusable("not-this-register", "this is not a list of officers of Companies House", file, "see --map")
    totals: dict[str, tuple[int, int]] = {}
    for one in several:
        has, total = totals.get(_company(one), (0, 0))
        stated = one.get("total_results")
        totals[_company(one)] = has + len(one["items"]), max(total, stated if isinstance(stated, int) else 0)
    for company, (has, total) in totals.items():
        if has < total:
            message = f"the list of company {company} says that it has {total} officers, and only {has} are there"
            raise unusable(
                "cut-short", message, file, "fetch the other pages, and put them into one list: [PAGE, PAGE]"
            )
    return several


def _company(officers: Mapping[str, Any]) -> str:
    links = [officers.get("links"), *(item.get("links") for item in officers["items"] if isinstance(item, dict))]
    found = (_COMPANY.match(str(link.get("self", ""))) for link in links if isinstance(link, dict))
    return next((match[1] for match in found if match), "")


def read(path: Path, file: str) -> Iterator[tuple[int, Fields]]:
    """The rows: one an appointment."""
    number, beside = 0, _beside(path)
    for officers in lists(path, file):
        company = _company(officers)
        profile, filings = _profile(beside, company), _filings(beside, company)
        for item in officers["items"]:
            number += 1
            if isinstance(item, dict):
                yield number, _row(item, company, str(profile.get("company_name") or f"Company {company}"), filings)


def lines(path: Path, file: str) -> Sequence[int]:
    """Where each appointment stands."""

    def items(found: Any) -> Iterator[Any]:
        for one in found if isinstance(found, list) else [found]:
            yield from one["items"]

    lists(path, file)  # which sees that there are some
    return lines_in(path, file, items)


def _row(item: Mapping[str, Any], company: str, company_name: str, filings: Filings) -> Fields:
    links = item.get("links") if isinstance(item.get("links"), dict) else {}
    assert isinstance(links, dict)
    officer = links.get("officer")
    of_officer = str(officer.get("appointments", "")) if isinstance(officer, dict) else ""
    role = str(item.get("officer_role") or "")
    base = _BASE.fullmatch(role)
    is_company = role.startswith("corporate-") or "identification" in item
    name = str(item.get("name") or "")
    row = {
        "row": _found(_APPOINTMENT, str(links.get("self", ""))),
        "org": company,
        "org_name": company_name,
        "person": _found(_OFFICER, of_officer),
        "person_name": name if is_company else _turned(name),
        "role": base[1] if base else role,
        "start": str(item.get("appointed_on") or ""),
        "start_before": str(item.get("appointed_before") or ""),
        "end": str(item.get("resigned_on") or ""),
        "born": _born(item.get("date_of_birth")),
        "natural": "false" if is_company else "",
        "filed": _filed(filings, "start", item.get("appointed_on"), name, role),
        "end_filed": _filed(filings, "end", item.get("resigned_on"), name, role),
    }
    return _notified(row) if role.endswith("managing-officer") else row


def _notified(row: Mapping[str, str]) -> Fields:
    """A managing officer, whose dates are those on which the register was told: it had happened by then."""
    start, end = row["start"], row["end"]
    dated = {"start": "", "start_not_after": start, "filed": start, "end": "", "end_not_after": end, "end_filed": end}
    return {**row, **dated}


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _turned(name: str) -> str:
    """`ROE, Jane` as `Jane ROE`, and `SMITH, John, Sir, KBE` as `Sir John SMITH KBE`."""
    surname, forenames, title, *honours = (*name.split(", "), "", "")[: max(3, name.count(", ") + 1)]
    return " ".join(filter(None, (title, forenames, surname, *honours)))


def former(key: Key) -> Iterator[Key]:
    """What somebody of whom only the name is known was called when the title still stood behind the forenames."""
    scheme, name = key
    words = name.split()
    for begin in range(1, len(words) - 1) if scheme == "name" else ():
        for end in range(begin + 1, len(words)):
            title, forenames, surname = (" ".join(some) for some in (words[:begin], words[begin:end], words[end:]))
            yield "name", f"{forenames}, {title} {surname}"


def _born(value: Any) -> str:
    """The month of birth; the register tells nobody the day."""
    if not isinstance(value, dict) or not isinstance(value.get("year"), int):
        return ""
    month = value.get("month")
    return f"{value['year']:04}-{month:02}" if isinstance(month, int) else f"{value['year']:04}"


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower()))


def _filed(filings: Filings, side: str, day: Any, name: str, role: str) -> str:
    """The first filing that tells of this day for somebody of that name, in that office, with a title or without."""
    words, office = _words(" ".join(name.split(", ")[:2])), _office(role)
    told = filings.get((side, str(day)), ())
    return min((filed for whom, of, filed in told if words <= whom and of in ("", office)), default="")


def _office(text: str, form: str = "") -> str:
    """The office that a role is, or that a filing is about by its description, or else by its form."""
    return next((office for office in _OFFICES if office in text), _FORMS.get(form, ""))


Beside = Callable[..., Iterator[Any]]
"""The documents in the folder of a list that have one of the words in their names."""


def _beside(path: Path) -> Beside:
    """What lies beside a list; each document is read when it is asked for, and once for all lists of the file."""
    others = [other for other in sorted(path.parent.glob("*.json")) if other != path]
    read_once = cache(lambda other: document(other, str(other)))

    def named(*words: str) -> Iterator[Any]:
        return (read_once(other) for other in others if any(word in other.name.lower() for word in words))

    return named


def _profile(beside: Beside, company: str) -> Mapping[str, Any]:
    for found in beside("company", "profile"):
        if isinstance(found, dict) and found.get("company_number") == company:
            return found
    return {}


_SIDES = (("start", "appoint", "appointment_date"), ("end", "terminat", "termination_date"))


def _filings(beside: Beside, company: str) -> Filings:
    found: dict[tuple[str, str], list[Filed]] = {}
    for history in beside("filing"):
        items = history.get("items") if isinstance(history, dict) else None
        for item in items if isinstance(items, list) else ():
            link = str((item.get("links") or {}).get("self", ""))
            if (other := _found(_COMPANY, link)) and other != company:
                continue
            values, description = item.get("description_values") or {}, str(item.get("description"))
            office = _office(description, str(item.get("type")))
            for side, word, key in _SIDES:
                if word in description and key in values:
                    told = (_words(str(values.get("officer_name", ""))), office, str(item.get("date", "")))
                    found.setdefault((side, str(values[key])), []).append(told)
    return found


def notes(path: Path, file: str) -> Iterator[Fault]:
    """Officers of whom the register says no end although the company is dissolved."""
    number, beside = 0, _beside(path)
    for officers in lists(path, file):
        profile = _profile(beside, _company(officers))
        for item in officers["items"]:
            number += 1
            if profile.get("company_status") == "dissolved" and isinstance(item, dict) and not item.get("resigned_on"):
                since = f" since {profile['date_of_cessation']}" if profile.get("date_of_cessation") else ""
                message = f"the company is dissolved{since}, and the register says no end for {item.get('name')}"
                yield open_at_dissolved(message, number)


REGISTER = Register(
    name="companies-house",
    title="Companies House, officers",
    about="Officers of companies in the United Kingdom, as its API gives them",
    more='[dates]\nformats = ["iso"]\nend = "exclusive"\n[options]\nknown = "download"\n'
    '[roles]\ndirector = "director"\nsecretary = "secretary"\n',
    fields=(
        "row",
        "org",
        "org_name",
        "person",
        "person_name",
        "role",
        "start",
        "start_before",
        "start_not_after",
        "end",
        "end_not_after",
        "born",
        "natural",
        "filed",
        "end_filed",
    ),
    read=read,
    lines=lines,
    notes=notes,
    timezone="Europe/London",
    schemes={"person": "GB-COH officer", "org": "GB-COH"},
    former=former,
)
