"""Write `errors.md` from the examples in `tests/errors`: python docs/build_errors.py."""  # noqa: INP001 -- a script beside its page

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "errors.md"

HEAD = """# Error messages

You have met a message of boardsim and want to know what it is about. Find its code below: it stands in brackets, as in
`error[unknown-person]`. Each code comes with the smallest file that brings it out, and with what boardsim says to it.

A message says where (`FILE:LINE:COLUMN`), what is wrong, the line itself, and what to do about it. An *error* is a fact
that cannot stand as it is written; a *warning* can stand, and is most often a slip. One wrong block never hides
another: all problems of a log are shown in one run, and whatever is sound is replayed all the same. `boardsim check`
shows them, and exits with 0 when there is no error, with 1 when there is one, and with 2 when the command itself cannot
be understood. `boardsim check --json` gives the same to programs.

This page is made by `docs/build_errors.py` from the examples in `tests/errors`, which are run as tests.
"""


def page() -> str:
    """The whole page."""
    sys.path.insert(0, str(ROOT))
    from tests.catalogue import ELSEWHERE, examples  # noqa: PLC0415 -- found only once the path is set

    sections = {code: _section(group) for code, group in groupby(examples(), key=lambda example: example.code)}
    sections |= {code: f"{why}\n" for code, why in ELSEWHERE.items() if code not in sections}
    index = " · ".join(f"[{code}](#{code})" for code in sorted(sections))
    parts = [HEAD, f"{index}\n", *(f"## {code}\n\n{sections[code]}" for code in sorted(sections))]
    return "\n".join(parts)


def _section(group: Iterable[object]) -> str:
    return "\n".join(map(_told, group))


def _told(example: object) -> str:
    from tests.catalogue import Example  # noqa: PLC0415 -- as above

    assert isinstance(example, Example)
    shown = ""
    if example.log is not None:
        text = example.log.read_text("utf-8", "replace")
        shown = f"```{example.log.suffix[1:]}\n{text}```\n\n"
    _, _, message = example.golden.read_text("utf-8").partition("\n")
    return f"{example.why}\n\n{shown}```console\n$ boardsim {_words(example.command)}\n{message}```\n"


def _words(command: Iterable[str]) -> str:
    return " ".join(f"'{word}'" if " " in word else word for word in command)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
