"""Which motions can carry: by some ballots of everybody, or by the ballots of a few whatever the others do.

Votes are counted by the kernel's own rules.  What is remembered is remembered by rights: a motion comes out alike
whoever the directors are, as long as those for it have the same votes as before.
"""

from collections.abc import Iterator
from functools import cached_property

from attrs import field, frozen

from boardsim.analysis.explore.layout import Layout
from boardsim.bylaws import DECISION, DIRECTOR, Bylaws
from boardsim.events import motion
from boardsim.voting import Poll


def rule_for(bylaws: Bylaws, verb: str, role: str) -> str:
    """The bylaws' rule for a motion: `removal`, or `election` of a director, where they have these; else `decision`."""
    named = "removal" if verb == "fire" else "election" if role == DIRECTOR else DECISION
    return named if named in bylaws.rules else DECISION


@frozen(slots=False)
class Motions:
    """What a set of voters can decide at one organization.

    Nobody votes to take a role from themselves: whoever would, can resign.

    Attributes:
        voters: the set of those who vote together, whatever the others do; None where everybody may join in.
        shared: what was counted already by rights, for whoever votes together under these bylaws.
    """

    bylaws: Bylaws
    layout: Layout
    voters: int | None = None
    known: dict[tuple[str, str, int, int], int] = field(factory=dict, eq=False, repr=False)
    shared: dict[tuple[object, ...], dict[tuple[object, ...], bool]] = field(factory=dict, eq=False, repr=False)

    @cached_property
    def _by_right(self) -> dict[tuple[object, bool], int]:
        """The sets of people to whom the bylaws give the same by name, and who do or do not vote together."""
        voters = self.layout.everyone if self.voters is None else self.voters
        sets: dict[tuple[tuple[int, tuple[str, ...]], bool], int] = {}
        for person, bit in self.layout.bits.items():
            right = (self.bylaws.rights(person), bool(bit & voters))
            sets[right] = sets.get(right, 0) | bit
        return {right: sets[right] for right in sorted(sets)}

    @cached_property
    def rights(self) -> tuple[int, ...]:
        """These sets, in an order that does not hang on who they are."""
        return tuple(self._by_right.values())

    @cached_property
    def counted(self) -> dict[tuple[object, ...], bool]:
        """What came out of motions that were counted, by how many of each right there were."""
        return self.shared.setdefault((self.voters is None, *self._by_right), {})

    def carried(self, verb: str, role: str, board: int, casting_voter: int) -> int:
        """Everybody of whom the motion carries: for certain by the voters, or by some ballots where all may vote.

        Args:
            board: who sits, as a set; likewise whoever has the casting vote, which counts only on the board.
        """
        casting_voter &= board
        key = (verb, role, board, casting_voter)
        if key not in self.known:
            self.known[key] = sum(self._carried(verb, role, board, casting_voter)) if board else 0
        return self.known[key]

    def _carried(self, verb: str, role: str, board: int, casting_voter: int) -> Iterator[int]:
        """The same by sets of people who are all counted alike."""
        for some in self.rights:
            for alike in (some & ~board, some & board & ~casting_voter, some & board & casting_voter):
                if alike and self._carries(verb, role, alike & -alike, board, casting_voter):
                    yield alike

    def _carries(self, verb: str, role: str, subject: int, board: int, casting_voter: int) -> bool:
        rule, heads = rule_for(self.bylaws, verb, role), self._heads
        key = (
            rule,
            verb == "fire",
            subject == casting_voter,
            heads(board),
            heads(subject & board),
            heads(casting_voter),
        )
        if key not in self.counted:
            self.counted[key] = self._counted(verb, rule, subject, board, casting_voter)
        return self.counted[key]

    def _heads(self, people: int) -> tuple[int, ...]:
        """How many of these there are of each right."""
        return tuple((people & some).bit_count() for some in self.rights)

    def _counted(self, verb: str, rule: str, subject: int, board: int, casting_voter: int) -> bool:
        names = self.layout.names
        voters = board if self.voters is None else board & self.voters
        supporting = names(supporters(verb, subject, voters))
        proposed = motion(rule, subject=names(subject)[0], for_=supporting)
        poll = Poll.of(self.bylaws, proposed, sitting=names(board), chair=next(iter(names(casting_voter)), None))
        if self.voters is not None:
            return poll.board.outcomes(poll.count, poll.unrecorded) == {True}
        return poll.board.carries(poll.board.without_votes(poll.count, poll.unrecorded))


def supporters(verb: str, subject: int, voters: int) -> int:
    """Those of the voters who can vote for a motion."""
    return voters & ~subject if verb == "fire" else voters
