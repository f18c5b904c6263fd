"""What a reader of `boardsim explore` typed, understood; and what cannot be asked."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from boardsim.analysis.explore import USUAL, Setting
from boardsim.analysis.explore.model import VERBS
from boardsim.analysis.explore.properties import Question, asked
from boardsim.analysis.goals import Goal
from boardsim.checks.unlawful import Unlawful, by_size
from boardsim.formats.notation.goals import goal
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import unknown_name
from boardsim.log import Log
from boardsim.problems import misuse
from boardsim.state import OrgState

SEATS = "ask about seats on the board and offices"
OPTIONS = {"reach": "--goal", "never": "--never", "always": "--always", "recover": "--recover", "step": "--step"}


@frozen(kw_only=True)
class ExploreOptions:
    """The questions and the setting, as they were typed; `typed` by kind of question."""

    typed: Mapping[str, Sequence[str]]
    force: tuple[str, ...]
    take_over: bool
    roles: tuple[str, ...]
    people: tuple[str, ...]
    newcomers: int | None
    forbid: tuple[str, ...]
    profile: str | None
    hold_minimum: bool
    symmetry: bool

    @property
    def nothing(self) -> bool:
        """Whether no question was asked, so that the usual ones are."""
        return not (any(self.typed.values()) or self.force or self.take_over)


def questions(wanted: ExploreOptions, log: Log, state: OrgState) -> list[Question]:
    """The questions about what can come about.

    Raises:
        BoardsimError: one cannot be read, or cannot be asked of states; or what it asks for is so already.
    """
    found = []
    for kind, texts in wanted.typed.items():
        for text in texts:
            parts = [part.strip() for part in text.split("->")] if kind == "step" else [text]
            if kind == "step" and len(parts) != 2:
                hint = "write 'GOAL -> GOAL': where the one holds, the other is next"
                raise misuse("unreadable-goal", f"'{text}' is not a step", hint)
            goals = [_fit(goal(part, log, OPTIONS[kind]), log, state) for part in parts]
            if kind == "reach":
                _not_yet(goals[0], state)
            found.append(asked(kind, *goals))  # type: ignore[arg-type]
    return found


def forces(wanted: ExploreOptions, log: Log, state: OrgState) -> Iterator[Question]:
    """The questions about what can be forced.

    Raises:
        BoardsimError: the same.
    """
    for text in wanted.force:
        aim = _fit(goal(text, log, "--force"), log, state)
        _not_yet(aim, state)
        yield asked("reach", aim)


def setting(wanted: ExploreOptions, state: OrgState, unlawful: Sequence[Unlawful] = ()) -> Setting:
    """What is taken to be possible.

    Args:
        unlawful: kinds of action that the rules forbid the board.

    Raises:
        BoardsimError: an action is forbidden that there is not, or a role is one of the payroll.
    """
    for role in wanted.roles:
        if state.bylaws.role(role).kind == "staff":
            raise misuse("not-explorable", f"'{role}' is a role of the payroll, which is not explored", SEATS)
    always = frozenset(one.action for one in unlawful if one.directors is None)
    return Setting(
        roles=wanted.roles,
        people=wanted.people,
        newcomers=wanted.newcomers,
        forbidden=always.union(kind for text in wanted.forbid for kind in _actions(text, state)),
        hold_minimum=wanted.hold_minimum,
        symmetry=wanted.symmetry,
        forbidden_at=by_size(unlawful),
    )


def _actions(text: str, state: OrgState) -> list[str]:
    verb, _, role = " ".join(text.split()).partition(" ")
    roles = list(state.bylaws.roles)
    if verb in VERBS and (not role or role in roles):
        return [f"{verb} {each}" for each in ([role] if role else roles)]
    kinds = [*VERBS, *(f"{each} {role}" for each in VERBS for role in (*USUAL, *roles))]
    message, otherwise = f"there is no action '{text}'", f"an action is {listed(VERBS)}, or one of these with a role"
    raise unknown_name(text, kinds, code="unknown-action", message=message, otherwise=otherwise)


def _fit(wanted: Goal, log: Log, state: OrgState) -> Goal:
    """The goal, which is about seats and offices of this organization."""
    if wanted.events:
        message = f"'{wanted.text}' is about an event, and what is explored has not happened"
        raise misuse("not-explorable", message, "ask who holds what: ORG.ROLE = PERSON, or ORG.ROLE < 3")
    others = [org for org in wanted.orgs if org != state.org]
    if others:
        message = f"'{wanted.text}' is about {listed(others)}, and {state.org} is explored"
        raise misuse("not-explorable", message, f"choose it with --org {others[0]}")
    staff = [term.role for term in wanted.terms if log.role_table[term.role].kind == "staff"]  # type: ignore[union-attr]
    if staff:
        message = f"'{wanted.text}' is about {listed(staff)}, and the payroll is not explored"
        raise misuse("not-explorable", message, SEATS)
    return wanted


def _not_yet(wanted: Goal, state: OrgState) -> None:
    if all(term.true_of(state) for term in wanted.terms):  # type: ignore[union-attr]
        message = f"'{wanted.text}' is so already"
        hint = "ask for the contrary, choose another --at, or ask with --recover whether it can come about again"
        raise misuse("goal-already-true", message, hint)
