"""`boardsim.init`: a new case, with everything that its author needs to see once."""

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from boardsim.formats.schema import times
from boardsim.formats.schema.hints import legal_id
from boardsim.formats.schema.json_schema import log_schema, scenario_schema
from boardsim.library.answer import Answer
from boardsim.library.arguments import require_text
from boardsim.library.written import write_new_files
from boardsim.loading.text import loads
from boardsim.problems import BoardsimError
from boardsim.views.json.record import init_json


def init(folder: str | PathLike[str], *, title: str | None = None, timezone: str = "UTC") -> Answer[Sequence[Path]]:
    """Begin a case of your own: a log with a first event, a scenario, and schemas for editors.

    Args:
        folder: of the new case; made if need be.  Nothing that is there already is touched.
        title: what the case is called.
        timezone: the IANA zone in which its dates are read.

    Raises:
        BoardsimError: there is no such zone, no log can hold the title, or a file is there or cannot be written.
    """
    if title is not None:
        require_text("title", title)
    if times.zone(timezone) is None:
        raise BoardsimError(times.unknown_zone(timezone), exit_code=2)
    folder = Path(folder)
    texts = _files(folder, title, timezone)
    if problems := loads(texts["log.toml"], "log.toml").problems:  # a title, or a folder's name, that no log can hold
        raise BoardsimError(*problems, exit_code=2)
    files = {folder / name: text for name, text in texts.items()}
    write_new_files(files, folder)
    return Answer("init", tuple(files), lambda: init_json(files))


def _files(folder: Path, title: str | None, timezone: str) -> Mapping[str, str]:
    """The texts of the files, by name."""
    called = folder.resolve().name
    slug = legal_id(title or called) or "my-case"
    name = title or slug.replace("-", " ").title()
    values = {"@ID@": slug, "@NAME@": _quoted(name), "@ZONE@": timezone}
    return {
        "log.toml": _filled(LOG, values),
        "stays-away.toml": _filled(SCENARIO, values),
        "log.schema.json": json.dumps(log_schema(), indent=1) + "\n",
        "scenario.schema.json": json.dumps(scenario_schema(), indent=1) + "\n",
    }


def _quoted(text: str) -> str:
    """The text as TOML quotes it, which is as JSON does, if nothing is left that only JSON may hold."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _filled(text: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


LOG = """\
#:schema ./log.schema.json
# Who sat where, when, and who says so.  Add to the end, by hand or with `boardsim record`; correct with
# `boardsim correct` and `boardsim retract`.  `boardsim check` says whether all of it can be true.

[log]
schema = 1
id = "@ID@"
title = @NAME@
timezone = "@ZONE@"

[[org]]
id = "@ID@"
name = @NAME@

[[person]]
id = "ada-moreno"
name = "Ada Moreno"

# One event.  Put a true one in its place.
[[event]]
type = "appoint"                  # or fire, resign, cease, join-company, vote, amend, statement, withdraw, retract
id = "moreno-joins-the-board"     # a name to cite it by; derived if it is left out
at = 2021-03-01                   # when it took effect: a day, or an instant with its offset
known = 2021-03-04                # when it became public; left out, it was at once
person = "ada-moreno"
org = "@ID@"
role = "director"                 # or chair, ceo, cfo, secretary ...; others are declared in a [[role]] block
by = "members"                    # who decided: board, members, court, staff, or somebody's id
sources = ["Companies register, 2021-03-04"]

# What you know to be true after all that: checked whenever the log is.
[[assert]]
at = 2021-12-31
org = "@ID@"
director = "ada-moreno"
"""

SCENARIO = """\
#:schema ./scenario.schema.json
# What if?  Ask with `boardsim whatif stays-away.toml`.

[scenario]
id = "stays-away"
base = "log.toml"
title = "Nobody is appointed"
question = "Who sits on the board if the first appointment does not happen?"

[[change]]
drop = "moreno-joins-the-board"

[[assert]]
at = 2021-12-31
org = "@ID@"
director = "none"
"""
