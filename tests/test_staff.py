"""The payroll is a map like any other, however its keys hash, and no version of it ever changes."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.events import JoinCompany, Opening
from boardsim.staff import NOBODY, Key, Staff
from tests.sizes import tries

AT = datetime(2024, 1, 1, tzinfo=UTC)
ROLES = ("employee", "fellow")


class Clashing(str):
    """A name that hashes like many others: keys with it collide down to the deepest level."""

    __slots__ = ()

    def __hash__(self) -> int:
        """One of two values."""
        return len(self) % 2


def joined(person: str, number: int = 0) -> JoinCompany:
    """An employment; those with another number are other employments."""
    return JoinCompany(id=f"join-{person}-{number}", at=AT, person=person, org="o")


plain = st.sampled_from([f"p{number}" for number in range(60)])
clashing = st.sampled_from([Clashing("x" * number) for number in range(1, 50)])
operations = st.lists(st.tuples(plain | clashing, st.sampled_from(ROLES)), max_size=120)


def check(staff: Staff, expected: dict[Key, Opening]) -> None:
    """The payroll answers every question as the dict does."""
    assert dict(staff) == expected
    assert [key for key, _ in staff] == sorted(expected)
    assert len(staff) == len(expected)


@settings(max_examples=tries(60))
@given(operations)
def test_a_payroll_is_a_dict(toggled: list[Key]) -> None:
    """Whoever is not on it is put on it, whoever is on it is taken off: at every step it holds what a dict would."""
    staff, expected = NOBODY, dict[Key, Opening]()
    for number, (person, role) in enumerate(toggled):
        assert staff.get(person, role) is expected.get((person, role))
        if (person, role) in expected:
            del expected[person, role]
            staff = staff.without(person, role)
        else:
            expected[person, role] = joined(person, number)
            staff = staff.with_(expected[person, role], role)
        assert staff.get(person, role) is expected.get((person, role))
        assert len(staff) == len(expected)
    check(staff, expected)


@settings(max_examples=tries(30))
@given(operations)
def test_an_old_payroll_stays_what_it_was(toggled: list[Key]) -> None:
    """After any number of changes, every version before them still holds what it held."""
    staff, expected = NOBODY, dict[Key, Opening]()
    versions = [(staff, expected)]
    for person, role in toggled[:60]:
        opening = joined(person)
        if (person, role) in expected:
            expected = {key: value for key, value in expected.items() if key != (person, role)}
            staff = staff.without(person, role)
        else:
            expected = {**expected, (person, role): opening}
            staff = staff.with_(opening, role)
        versions.append((staff, expected))

    for version, held in versions:
        check(version, held)
    check(NOBODY, {})


@settings(max_examples=tries(60))
@given(st.lists(plain | clashing, unique=True), st.randoms(use_true_random=False), plain)
def test_payrolls_are_equal_iff_they_hold_the_same(people: list[str], random: st.randoms, extra: str) -> None:  # type: ignore[valid-type]
    """The way to a payroll does not show: neither the order of changes nor people who came and went in between."""
    openings = {person: joined(person) for person in people}
    one = other = NOBODY
    for person in people:
        one = one.with_(openings[person], "employee")
    for person in random.sample(people, len(people)):  # type: ignore[attr-defined]
        other = other.with_(joined(person, 7), "fellow")
    for person in people:
        other = other.without(person, "fellow").with_(openings[person], "employee")

    assert one == other
    assert list(one) == list(other)
    assert (one == one.with_(joined(extra), "fellow")) is False
    if people:
        changed = one.without(people[0], "employee").with_(joined(people[0], 1), "employee")
        assert changed != one


def test_people_who_hash_alike_are_told_apart() -> None:
    """Two hundred keys with two hashes between them are all found, and all others are not."""
    names = [Clashing("x" * number) for number in range(1, 201)]
    staff = NOBODY
    for name in names:
        staff = staff.with_(joined(name), "employee")

    assert len({hash(name) for name in names}) == 2
    assert all(staff.get(name, "employee") == joined(name) for name in names)
    assert staff.get("x" * 201, "employee") is None
    assert staff.get(names[0], "fellow") is None


def test_a_large_payroll_shares_what_did_not_change() -> None:
    """One more among five thousand leaves all but one path of the trie the very same objects."""
    staff = NOBODY
    for number in range(5000):
        staff = staff.with_(joined(f"p{number}"), "employee")

    more = staff.with_(joined("one-more"), "employee")

    assert isinstance(staff.root, tuple)
    assert isinstance(more.root, tuple)
    assert sum(old is new for old, new in zip(staff.root, more.root, strict=True)) == len(staff.root) - 1
