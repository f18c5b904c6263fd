"""Problems as people and editors read them: `FILE:LINE:COL: error[code]: what`, an excerpt, a hint."""

from boardsim.problems import Problem
from boardsim.views.words import safe

_WIDEST = 120
"""Characters of a line that an excerpt shows."""


def problem_text(problem: Problem) -> str:
    """One problem, in two to four lines without the last line's end."""
    place = problem.place
    where = f"{place.file}:{place.line}:{place.column}" if place else "boardsim"
    lines = [f"{where}: {problem.severity}[{problem.code}]: {problem.message}"]
    if place and place.text.strip():
        lines.append(f"{place.line:>6} | {_excerpt(place.text)}")
    if problem.hint:
        lines.append(f"       = hint: {problem.hint}")
    return "\n".join(safe(line.replace("\n", "\\n")) for line in lines)


def _excerpt(line: str) -> str:
    line = line.rstrip().replace("\t", "    ")
    return line if len(line) <= _WIDEST else line[:_WIDEST] + "…"
