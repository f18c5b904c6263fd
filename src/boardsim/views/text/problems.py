"""Problems as people and editors read them: `FILE:LINE:COL: error[code]: what`, an excerpt, a hint."""

from boardsim.problems import Problem
from boardsim.views.words import safe

_WIDEST = 120
"""Characters of a line that an excerpt shows."""

_LONGEST = 1000
"""Characters of a message; only a name that fills pages makes one longer."""


def problem_text(problem: Problem) -> str:
    """One problem, in two to four lines without the last line's end."""
    place = problem.place
    lines = [heading(problem)]
    if place and place.text.strip():
        lines.append(f"{place.line:>6} | {_excerpt(place.text, place.column)}")
    if problem.hint:
        lines.append(f"       = hint: {problem.hint}")
    return "\n".join(safe(line.replace("\n", "\\n")) for line in lines)


def heading(problem: Problem) -> str:
    """Where, how grave, which kind, and what: the line that editors read."""
    place = problem.place
    where = f"{place.file}:{place.line}:{place.column}" if place else "boardsim"
    return f"{where}: {problem.severity}[{problem.code}]: {_cut(problem.message)}"


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else message[:_LONGEST] + "…"


def _excerpt(line: str, column: int) -> str:
    """The line; of a long one, the part that the column lies in."""
    line = line.rstrip()
    start = max(0, min(column - 1 - _WIDEST // 3, len(line) - _WIDEST))
    part = line[start : start + _WIDEST].replace("\t", "    ")
    return ("…" if start else "") + part + ("…" if start + _WIDEST < len(line) else "")
