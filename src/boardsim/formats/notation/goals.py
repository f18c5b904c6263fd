"""Goals as people type them: `openai.ceo = sam-altman and openai.director >= 3`.

A goal is one term, or several with `and` between them:

* `ORG.ROLE = PERSON`, with commas between several people, or `none`: exactly these hold the role; `!=` if not.
* `ORG.ROLE has PERSON`, `ORG.ROLE lacks PERSON`: whoever else holds it.
* `ORG.ROLE < 3`, and `<=`, `>`, `>=`: how many hold it.
* `EVENT is VERDICT`, `EVENT is not VERDICT`: carried, failed, undetermined, effective, orphaned, impossible, dropped.
"""

import re
from collections.abc import Iterable

from boardsim.analysis.goals import OUTCOMES, VERDICTS, Goal, Holder, Holders, Number, Term, Verdict
from boardsim.events import Vote
from boardsim.formats.notation.changes import Typed
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import require_known, unknown_name
from boardsim.log import Log
from boardsim.problems import BoardsimError, Place, misuse

_AND = re.compile(r"\s+and\s+")
_SEAT = r"(?P<org>[\w-]+)\.(?P<role>[\w-]+)"
_EXACT = re.compile(_SEAT + r"\s*(?P<sign>!?=)\s*(?P<people>[\w-]+(?:\s*,\s*[\w-]+)*)")
_AMONG = re.compile(_SEAT + r"\s+(?P<verb>has|lacks)\s+(?P<person>[\w-]+)")
_NUMBER = re.compile(_SEAT + r"\s*(?P<sign><=|>=|<|>)\s*(?P<count>\d{1,9})")
_VERDICT = re.compile(r"(?P<event>\S+)\s+is\s+(?P<negated>not\s+)?(?P<verdict>[\w-]+)")

NONE = "none"
FORMS = "ORG.ROLE = PERSON, ORG.ROLE has PERSON, ORG.ROLE < 3 or EVENT is carried"


def goal(text: str, log: Log, option: str = "--goal") -> Goal:
    """The goal that somebody typed, about what this log declares.

    Raises:
        BoardsimError: it cannot be read, or names somebody or something that is not in the log.
    """
    reader = _Reader(log, Typed(option, text))
    return Goal(tuple(reader.term(part) for part in _AND.split(text.strip())), text.strip())


class _Reader:
    """Reads the terms of one goal; stops at the first that is wrong."""

    def __init__(self, log: Log, typed: Typed) -> None:
        self.log = log
        self.typed = typed
        self.orgs = [org.id for org in log.orgs]

    def term(self, text: str) -> Term:
        if (exact := _EXACT.fullmatch(text)) is not None:
            people = frozenset() if exact["people"] == NONE else frozenset(re.split(r"\s*,\s*", exact["people"]))
            return Holders(*self._seat(exact), self._people(people), negated=exact["sign"] == "!=")
        if (among := _AMONG.fullmatch(text)) is not None:
            (person,) = self._people({among["person"]})
            return Holder(*self._seat(among), person, negated=among["verb"] == "lacks")
        if (number := _NUMBER.fullmatch(text)) is not None:
            return Number(*self._seat(number), number["sign"], int(number["count"]))
        if (verdict := _VERDICT.fullmatch(text)) is not None:
            return self._verdict(verdict)
        raise self._problem("unreadable-goal", f"'{text}' is not a goal", f"write {FORMS}", self.typed.value((), text))

    def _seat(self, match: re.Match[str]) -> tuple[str, str]:
        return self._known("org", match["org"], self.orgs), self._known("role", match["role"], self.log.role_table)

    def _people(self, people: Iterable[str]) -> frozenset[str]:
        return frozenset(self._known("person", person, self.log.person_by_id) for person in people)

    def _verdict(self, match: re.Match[str]) -> Verdict:
        if match["verdict"] not in VERDICTS:
            message = f"'{match['verdict']}' is nothing that becomes of an event"
            raise unknown_name(
                match["verdict"],
                VERDICTS,
                code="unreadable-goal",
                message=message,
                otherwise=f"it is {listed(VERDICTS)}",
                place=self.typed.value((), match["verdict"]),
            )
        event = self.log.record_of(self._known("event", match["event"], self.log.by_id))
        if match["verdict"] in OUTCOMES and not isinstance(self.log.by_id[event], Vote):
            message = f"'{event}' is not a vote, so it is never {match['verdict']}"
            hint = f"an event is {listed(name for name in VERDICTS if name not in OUTCOMES)}"
            raise self._problem("not-a-vote", message, hint, self.typed.value((), match["verdict"]))
        return Verdict(event, match["verdict"], bool(match["negated"]))

    def _known(self, namespace: str, name: str, declared: Iterable[str]) -> str:
        require_known(namespace, [name], declared, self.typed.value((), name))
        return name

    @staticmethod
    def _problem(code: str, message: str, hint: str, place: Place) -> BoardsimError:
        return misuse(code, message, hint, place=place)
