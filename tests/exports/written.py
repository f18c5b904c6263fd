"""What is exported, for tests: a log with everything that a format may trip over, and rows as readers see them."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from boardsim import Log, loads, replay
from boardsim.exports import registry
from boardsim.exports.export import Export
from boardsim.history import History, Point

HELIOS = """
[log]
schema = 1
id = "helios"
title = "Helios: a board; with #signs, \\"quotes\\" & <brackets>"
timezone = "Europe/London"

[[org]]
id = "helios"
name = "Helios, Ltd"
founded = "1998"
profile = "uk-ca2006"
[org.identifiers]
GB-COH = "01234567"
[org.bylaws]
seats = 5
[org.bylaws.rules]
ordinary = { fraction = "1/2", strict = true, of = "cast" }
[org.bylaws.named_seats.investor]
name = "Seat of the investors"

[[org]]
id = "selene"
name = "Selene plc"

[[person]]
id = "ada-moreno"
name = "Ada Moreno"
aliases = ["A. Moreno"]
former_names = ["Ada Smith"]
born = "1975-06"

[[person]]
id = "ben-okafor"
name = "=HYPERLINK(\\"Ben\\")"

[[person]]
id = "nominees"
name = "Nominees; Ltd: #1"
natural = false

[[event]]
type = "appoint"
id = "ada-sits"
at = "2019"
person = "ada-moreno"
org = "helios"
role = "director"
sources = ["Register, https://example.org/officers/1, 2019"]

[[event]]
type = "appoint"
id = "nominees-secretary"
not_after = 1992-01-01
person = "nominees"
org = "helios"
role = "secretary"

[[event]]
type = "appoint"
id = "ben-sits"
at = 2020-03-01
known = 2020-04-01
filed = 2020-03-10
person = "ben-okafor"
org = "helios"
role = "director"
seat = "investor"
until = 2024-02-29
status = "disputed"

[[event]]
type = "appoint"
id = "ben-chairs"
at = 2020-03-02T09:30:00+00:00
not_after = 2020-03-02T18:00:00+00:00
person = "ben-okafor"
org = "helios"
role = "chair"

[[event]]
type = "vary"
id = "ben-extended"
at = 2023-12-01
person = "ben-okafor"
org = "helios"
role = "director"
until = 2025-02-28

[[event]]
type = "appoint"
id = "ada-selene"
at = 2021-05-01
person = "ada-moreno"
org = "selene"
role = "director"

[[event]]
type = "appoint"
id = "ben-selene"
at = 2022-05-01
person = "ben-okafor"
org = "selene"
role = "director"

[[event]]
type = "join-company"
id = "ada-employed"
at = 2021-06-01
person = "ada-moreno"
org = "selene"
title = "Engineer"

[[event]]
type = "appoint"
id = "ada-ceo"
at = 2021-07-01
person = "ada-moreno"
org = "helios"
role = "ceo"
interim = true

[[event]]
type = "vote"
id = "budget"
at = 2022-01-10T10:00:00+00:00
org = "helios"
motion = "Adopt the budget"
for = ["ada-moreno"]
against = ["ben-okafor"]

[[event]]
type = "vote"
id = "agm"
at = 2022-06-01
org = "helios"
by = "members"
motion = "Re-elect"
count = { for = 98, against = 30 }
rule = "ordinary"

[[event]]
type = "resign"
id = "ada-leaves"
at = "2023-05"
person = "ada-moreno"
org = "helios"
role = "director"
because = [["budget", "agm"]]

[[event]]
type = "appoint"
id = "ada-back"
at = 2024-01-05
status = "announced"
due = 2024-02-01
person = "ada-moreno"
org = "helios"
role = "director"

[[event]]
type = "statement"
id = "last"
at = 2024-01-10
text = "All is well."
"""


def helios() -> Log:
    """The log, which is sound."""
    loaded = loads(HELIOS, "helios.toml")
    assert [problem for problem in loaded.problems if problem.severity == "error"] == []
    return loaded.log


def exported(form: str, history: History | None = None, *, at: datetime | None = None, **wanted: Any) -> Any:
    """What a format makes of a history, of Helios where none is given: text, or bytes.

    Args:
        at: only what holds at this instant.
    """
    history = replay(helios()) if history is None else history
    wanted |= {"point": Point(at, history.position(at))} if at is not None else {}
    end = history.instants[-1] if history.events else None
    wanted_format = registry.named(form)
    pieces: list[Any] = list(wanted_format.write(Export(history=history, **{"end": end, **wanted})))
    return b"".join(pieces) if wanted_format.binary else "".join(pieces)


def table(text: str) -> Sequence[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(StringIO(text, newline="")))
