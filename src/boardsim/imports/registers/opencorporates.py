"""OpenCorporates: officers as its API gives them, or companies with their officers, one a line."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from boardsim.imports.entries import Key
from boardsim.imports.readers.json_ import document, lines_in
from boardsim.imports.readers.jsonl import FORMAT as JSONL
from boardsim.imports.readers.jsonl import objects
from boardsim.imports.readers.nested import text_of
from boardsim.imports.register import Fields, Register
from boardsim.imports.rows import unusable

PERSON = "OpenCorporates officer"
"""The scheme of the numbers of officers: the jurisdiction, and the number that its register gave."""

ENDED = "on an unknown day"
"""What stands for the end of somebody whom the register calls inactive, and of whom it says no day."""


def read(path: Path, file: str) -> Iterator[tuple[int, Fields]]:
    """The rows: one an officer of a company."""
    for number, (officer, company) in enumerate(_officers(path, file), 1):
        yield number, _row(officer, company)


def lines(path: Path, file: str) -> Sequence[int]:
    """Where each officer stands."""
    if file.endswith(JSONL.endings):
        return [line for line, one in objects(path, file, "utf-8-sig") for _ in _in(one, file)]
    return lines_in(path, file, lambda found: (officer for officer, _ in _in(found, file)))


Pair = tuple[Mapping[str, Any], Mapping[str, Any]]


def _officers(path: Path, file: str) -> Iterator[Pair]:
    if file.endswith(JSONL.endings):
        for _, one in objects(path, file, "utf-8-sig"):
            yield from _in(one, file)
        return
    yield from _in(document(path, file), file)


def _in(found: Any, file: str) -> Iterator[Pair]:
    """The officers in a document, each with its company."""
    match found:
        case list():
            for one in found:
                yield from _in(one, file)
        case {"results": dict(results)}:
            yield from _in(results, file)
        case {"officer": dict(officer)}:
            yield officer, officer.get("company") or {}
        case {"officers": list(officers)}:
            for one in officers:
                officer = one.get("officer", one) if isinstance(one, dict) else {}
                yield officer, officer.get("company") or found
        case {"company": dict(company)}:
            yield from _in(company, file)
        case {"name": str(), "position": _}:
            yield found, found.get("company") or {}
        case _:
            raise unusable("not-this-register", "these are not officers of OpenCorporates", file, "see --map")


def _row(officer: Mapping[str, Any], company: Mapping[str, Any]) -> Fields:
    jurisdiction = text_of(company.get("jurisdiction_code"))
    number, uid = text_of(company.get("company_number")), text_of(officer.get("uid"))
    end = text_of(officer.get("end_date"))
    is_over = officer.get("inactive") is True or officer.get("current_status") in ("inactive", "CURRENT: FALSE")
    return {
        "row": text_of(officer.get("id")),
        "org": f"{jurisdiction}/{number}" if jurisdiction else number,
        "org_name": text_of(company.get("name")),
        "person": f"{jurisdiction}/{uid}" if jurisdiction and uid else uid,
        "person_name": text_of(officer.get("name")),
        "role": text_of(officer.get("position")),
        "start": text_of(officer.get("start_date")),
        "end": end or (ENDED if is_over else ""),
        "born": text_of(officer.get("date_of_birth")),
        "natural": "false" if officer.get("type") == "company" else "",
    }


def former(key: Key) -> Iterator[Key]:
    """The number of somebody without the jurisdiction, of which the register is that gave it."""
    scheme, value = key
    if scheme == PERSON and "/" in value:
        yield scheme, value.partition("/")[2]


REGISTER = Register(
    name="opencorporates",
    title="OpenCorporates, officers",
    about="Officers of companies of many countries",
    more=f'[dates]\nformats = ["iso"]\nend = "exclusive"\nwords = {{ "{ENDED}" = "unknown" }}\n'
    '[options]\nknown = "download"\n',
    fields=("row", "org", "org_name", "person", "person_name", "role", "start", "end", "born", "natural"),
    read=read,
    lines=lines,
    schemes={"person": PERSON, "org": "OpenCorporates"},
    former=former,
)
