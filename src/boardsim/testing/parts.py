"""What there is to be tested in a file: of a log its record, its rules and each assertion; of a scenario likewise.

That a scenario breaks a rule which the record keeps is its answer, and no mistake: nobody asks for rules there.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from attrs import define, evolve, frozen

from boardsim.analysis.whatif import Answer, answers, wrong
from boardsim.audits import audit, check_assertion
from boardsim.checks.report import report
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import is_scenario
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.rules import rules_of
from boardsim.loading.scenarios import LoadedScenario, lint_base, on_records
from boardsim.loading.text import assemble, parsed, source
from boardsim.log import Assertion, Log
from boardsim.problems import Place, Problem, in_order
from boardsim.scenario import Expectation
from boardsim.views.text.findings import findings_text
from boardsim.views.text.problems import problem_text
from boardsim.views.words import stamp


@frozen
class Part:
    """One thing that is tested.

    Attributes:
        name: what it is called among those of its file.
        place: where it stands; None where it is the whole file.
        look: what is wrong with it, as boardsim says it; nothing where all is well.
    """

    name: str
    place: Place | None
    look: Callable[[], list[str]]


def parts(path: str, profile: str | None) -> list[Part]:
    """What there is to be tested in a file.

    Args:
        profile: against which a log is checked; those that it names where it is not said.

    Raises:
        BoardsimError: the file cannot be read at all, or its scenario stands on nothing.
    """
    text, file = source(path)
    records, problems = parsed(text, file)
    if is_scenario(records):
        return _told_apart(_of_scenario(_Scenario(on_records(records, problems, file))))
    return _told_apart(_of_log(_Record(assemble(records, problems, file)), profile))


def _told_apart(found: Iterable[Part]) -> list[Part]:
    """The parts, a second one of a name with its number."""
    taken: set[str] = set()
    unlike = []
    for part in found:
        name = next(name for name in _numbered(part.name) if name not in taken)
        taken.add(name)
        unlike.append(evolve(part, name=name))
    return unlike


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} ({number})" for number in count(2))


@define(slots=False)
class _Record:
    """A log with its replay, which its parts share."""

    loaded: Loaded

    @cached_property
    def history(self) -> History:
        """The replay."""
        return replay(self.loaded.log)

    def faults(self) -> list[Problem]:
        """What is wrong with it but for the assertions."""
        found = audit(evolve(self.loaded.log, assertions=()), self.history)
        return in_order([*self.loaded.problems, *found])

    def asserted(self, assertion: Assertion) -> list[Problem]:
        """Where an assertion fails."""
        view = self.history if assertion.known is None else replay(self.loaded.log, known=assertion.known)
        return [*check_assertion(assertion, view)]


@define(slots=False)
class _Scenario:
    """A scenario with the worlds that it leads to, which its parts share."""

    loaded: LoadedScenario

    @cached_property
    def answers(self) -> list[Answer]:
        """The worlds, without what is expected of them."""
        silent = evolve(self.loaded.scenario, assertions=(), expectations=())
        found = answers(self.loaded.record(), self.loaded.scenario, self.loaded.branched)
        return [evolve(answer, scenario=silent) for answer in found]

    def faults(self) -> list[Problem]:
        """What is wrong with it but for what it expects."""
        base = lint_base(self.loaded, self.answers[0].record)
        return in_order([*self.loaded.problems, *base, *wrong(self.answers)])

    def expected(self, assertion: Assertion | None = None, expectation: Expectation | None = None) -> list[Problem]:
        """Where something that it expects is not so, in any of its worlds."""
        asserted, expected = (assertion,) if assertion else (), (expectation,) if expectation else ()
        alone = evolve(self.loaded.scenario, assertions=asserted, expectations=expected)
        worlds = [evolve(answer, scenario=alone) for answer in self.answers]
        return [*dict.fromkeys(problem for world in worlds for problem in world.broken())]


def _of_log(record: _Record, profile: str | None) -> Iterator[Part]:
    log = record.loaded.log
    yield Part("record", None, lambda: _texts(record.faults()))
    yield Part("rules", None, lambda: _broken(log, record.history, profile))
    for assertion in log.assertions:
        yield Part(
            f"assert[{_asserted(assertion, log)}]",
            assertion.place,
            lambda one=assertion: _texts(record.asserted(one)),  # type: ignore[misc]
        )


def _of_scenario(scenario: _Scenario) -> Iterator[Part]:
    loaded = scenario.loaded
    log = loaded.branched.world.log
    yield Part("scenario", None, lambda: _texts(scenario.faults()))
    for assertion in loaded.scenario.assertions:
        yield Part(
            f"assert[{_asserted(assertion, log)}]",
            assertion.place,
            lambda one=assertion: _texts(scenario.expected(assertion=one)),  # type: ignore[misc]
        )
    for expectation in loaded.scenario.expectations:
        yield Part(
            f"assert[{expectation.event} is {expectation.ruling}]",
            expectation.place,
            lambda one=expectation: _texts(scenario.expected(expectation=one)),  # type: ignore[misc]
        )


def _asserted(assertion: Assertion, log: Log) -> str:
    """Of whom, of which roles, and of which instant something is asserted."""
    known = f" as known {stamp(assertion.known, log.zone)}" if assertion.known else ""
    return f"{assertion.org} {','.join(assertion.expected)} at {stamp(assertion.at, log.zone)}{known}"


def _texts(problems: Iterable[Problem]) -> list[str]:
    """The errors, as boardsim says them; a warning fails no test."""
    return [problem_text(problem) for problem in problems if problem.severity == "error"]


def _broken(log: Log, history: History, profile: str | None) -> list[str]:
    """Where rules are broken that a log is held to."""
    rules = rules_of(log, profile)
    found = [one for one in report(history, rules) if one[0].severity == "error"]
    return [*_texts([*rules.problems, *rules.remarks]), *findings_text(found, log, log.zone, None)]


def shown_path(path: Path, here: Path) -> str:
    """The path as it is shortest to read from a folder."""
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
