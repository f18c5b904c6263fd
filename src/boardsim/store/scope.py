"""What somebody wants to know of a large case, so that no more of it is read than the answer rests on.

It stands apart from `protocol`, which brings in the hashes, because every command may ask for it.
"""

from attrs import frozen

from boardsim.values import Value


@frozen(kw_only=True, eq=False, repr=False)
class Scope(Value):
    """The organizations asked about.

    Attributes:
        orgs: their ids.
        people: where no organization is asked about: those by whom they are found, whatever names them.
        ids: what else the reader names: people and roles to filter by, an event whose instant is meant.
        at_end: whether the answer is of the end of the case, which then is read with it.
    """

    orgs: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    at_end: bool = False
