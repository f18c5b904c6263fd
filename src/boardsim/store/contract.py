"""What every store must do, as tests that ship with the package.

A store of your own is tested with any runner, or with none:

    for law in contract.LAWS:
        law(lambda: my_store(tmp_path / law.__name__))

Each law is given a function that opens one and the same empty store as often as it is called, as several programs
would, and raises `AssertionError` where the store does not keep its word.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import Any

from boardsim.formats.syntax.canonical import canonical, chain
from boardsim.store.append import append_checked
from boardsim.store.protocol import EMPTY, Conflict, Head, Store, Taken
from boardsim.store.scope import Scope

Open = Callable[[], Store]
Law = Callable[[Open], None]

CASE = "helios"
HEADER = canonical("log", {"schema": 1, "id": CASE, "timezone": "Europe/London"})
ADA = canonical("person", {"id": "ada-moreno", "name": "Ada Moreno"})
METACHARACTERS = """'; DROP TABLE blocks; -- " ` \\ % _ ? %s $1 :id [] {} \u2019 \U0001f3db /* */ \n\t NULL \\'"""


def org(name: str, **more: str) -> bytes:
    """The declaration of an organization."""
    return canonical("org", {"id": name, "name": name.title(), **more})


def event(name: str, on: str = CASE, **more: Any) -> bytes:
    """Something that is said at an organization."""
    table = {"type": "statement", "id": name, "at": "2024-01-10T09:00:00Z", "org": on, "text": "Adjourned."}
    return canonical("event", table | more)


ENVOY = canonical("role", {"id": "envoy", "kind": "observer"})
BEGINNING = (HEADER, org(CASE), ADA, event("first"))


def a_case_that_nobody_has_begun_is_empty(opens: Open) -> None:
    """It has no blocks, its head is the seed of the chain, and the store does not list it."""
    with closing(opens()) as store:
        assert store.head(CASE) == EMPTY
        assert list(store.read(CASE)) == []
        assert list(store.cases()) == []


def blocks_come_back_as_they_went_in(opens: Open) -> None:
    """The same bytes in the same order, whoever opens the store, in one append or in several."""
    with closing(opens()) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        head = store.append(CASE, [event("second"), event("third")], head)
        store.append(CASE, [], head)
    with closing(opens()) as store:
        assert list(store.read(CASE)) == [*BEGINNING, event("second"), event("third")]
        assert store.head(CASE) == head
        assert list(store.cases()) == [CASE]


def the_head_is_that_of_the_chain(opens: Open) -> None:
    """The hash depends on the blocks alone, so the same log has the same head in every store."""
    with closing(opens()) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        assert head == store.head(CASE) == Head(len(BEGINNING), list(chain(BEGINNING))[-1])


def whoever_is_late_is_told_and_writes_nothing(opens: Open) -> None:
    """An append that expects another head raises `Conflict` with the true one, and changes nothing."""
    with closing(opens()) as store, closing(opens()) as other:
        before = store.append(CASE, BEGINNING, EMPTY)
        now = other.append(CASE, [event("second")], before)
        for expected in (before, EMPTY, Head(now.count, before.hash), Head(now.count + 1, now.hash)):
            assert _conflict(store, [event("third")], expected) == now
        assert list(store.read(CASE)) == [*BEGINNING, event("second")]


def _conflict(store: Store, blocks: Sequence[bytes], expected: Head) -> Head:
    try:
        store.append(CASE, blocks, expected)
    except Conflict as conflict:
        return conflict.head
    raise AssertionError(f"an append that expected {expected} was taken")


def an_append_is_whole_or_not_at_all(opens: Open) -> None:
    """If one block cannot be taken because its id is, none of them is."""
    with closing(opens()) as store:
        head = store.append(CASE, [*BEGINNING, ENVOY], EMPTY)
        for taken in (event("first", text="Again."), ENVOY):
            try:
                store.append(CASE, [event("second"), taken, event("third")], head)
            except Taken:
                continue
            raise AssertionError(f"an id was given twice: {taken!r}")
    with closing(opens()) as store:
        assert list(store.read(CASE)) == [*BEGINNING, ENVOY]
        assert store.head(CASE) == head


def a_declaration_is_added_to(opens: Open) -> None:
    """An organization and a person can be declared in several blocks, which all come back, in order."""
    more = [
        canonical("org", {"id": CASE, "founded": "1901"}),
        canonical("person", {"id": "ada-moreno", "aliases": ["Ada"]}),
        canonical("org", {"id": CASE, "founded": "1901-04"}),
    ]
    with closing(opens()) as store:
        store.append(CASE, BEGINNING, EMPTY)
        appended = append_checked(store, CASE, more, _anything)
        again = append_checked(store, CASE, more[1:], _anything)
        assert (appended.new, again.new) == (3, 0)
    with closing(opens()) as store:
        assert list(store.read(CASE)) == [*BEGINNING, *more]
        assert list(store.read(CASE, Scope(orgs=frozenset([CASE]))))[-1] == more[-1]


def cases_are_apart(opens: Open) -> None:
    """The same ids in two cases do not meet, and each case has its own head."""
    other = METACHARACTERS
    with closing(opens()) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        assert store.append(other, BEGINNING, EMPTY) == head
        store.append(other, [event("second")], head)
        assert store.head(CASE) == head
        assert list(store.read(CASE)) == list(BEGINNING)
        assert list(store.cases()) == sorted((CASE, other))


def any_text_is_only_text(opens: Open) -> None:
    """What means something to a database means nothing in a log, in whatever field it stands."""
    odd = METACHARACTERS
    fields = dict.fromkeys(("type", "id", "org", "person", "role", "event", "text", "note", "by"), odd)
    blocks = [
        *BEGINNING,
        canonical("event", {**fields, "at": "2024-01-10", "known": "2024-01-11", "sources": [odd], "because": [odd]}),
        *(canonical(kind, {"id": f"{odd}-{kind}", "name": odd, "org": odd}) for kind in ("org", "person", "role")),
        canonical("assert", {"at": "2024-01-10", "org": odd, odd: odd}),
    ]
    with closing(opens()) as store:
        store.append(odd, blocks, EMPTY)
        assert list(store.read(odd)) == blocks
        assert set(store.read(odd, Scope(orgs=frozenset([odd])))) >= {blocks[4], blocks[8]}


def those_who_try_again_all_come_in(opens: Open) -> None:
    """Two programs append by turns, each to what it last saw: nothing is lost, and nothing is there twice."""
    with closing(opens()) as store, closing(opens()) as other:
        heads = {0: store.append(CASE, BEGINNING, EMPTY), 1: EMPTY}
        for number in range(12):
            writer, which = (store, other)[number % 2], number % 2
            try:
                heads[which] = writer.append(CASE, [event(f"turn-{number}")], heads[which])
            except Conflict as conflict:
                heads[which] = writer.append(CASE, [event(f"turn-{number}")], conflict.head)
        assert _ids(store.read(CASE))[len(BEGINNING) :] == [f"turn-{number}" for number in range(12)]


def the_same_append_twice_is_once(opens: Open) -> None:
    """Whoever does not know whether an append came through repeats it, and it is there once."""
    new = [event("second"), event("third")]
    with closing(opens()) as store:
        store.append(CASE, BEGINNING, EMPTY)
        first = append_checked(store, CASE, new, _anything)
        again = append_checked(store, CASE, new, _anything)
        assert (first.new, again.new, again.head) == (2, 0, first.head)
        assert list(store.read(CASE)) == [*BEGINNING, *new]


def the_loser_of_a_race_is_checked_again(opens: Open) -> None:
    """An append that meets another one is checked against what the other wrote before it is written."""
    seen: list[list[str]] = []
    with closing(opens()) as store, closing(opens()) as other:
        store.append(CASE, BEGINNING, EMPTY)

        def check(there: Sequence[bytes]) -> None:
            seen.append(_ids(there)[len(BEGINNING) :])
            if len(seen) == 1:
                other.append(CASE, [event("faster")], other.head(CASE))

        append_checked(store, CASE, [event("slower")], check)
        assert seen == [[], ["faster"]]
        assert _ids(store.read(CASE))[len(BEGINNING) :] == ["faster", "slower"]


def a_scope_reads_what_the_answer_rests_on(opens: Open) -> None:
    """The organization's blocks, what they cite, who controls it and what undoes its events; nothing else."""
    wanted = [
        HEADER,
        org("acme", controlled_by="top"),
        org("top"),
        org("elsewhere"),
        ADA,
        event("cause", on="elsewhere"),
        event("also-there", on="elsewhere"),
        event("at-the-top", on="top"),
        event("effect", on="acme", because=[["cause"]], by="ada-moreno"),
        canonical("event", {"type": "retract", "id": "undone", "at": "2024-02-01", "event": "effect"}),
        canonical("assert", {"at": "2024-01-10", "org": "acme", "ceo": "none"}),
        canonical("waive", {"at": "2024-01-10", "org": "acme", "check": "board_min", "by": "members", "reason": "x"}),
        canonical("org", {"id": "acme", "aliases": ["Acme"]}),
        canonical("role", {"id": "co-ceo", "kind": "office", "holders": 2}),
    ]
    others = [org("other"), event("not-asked-for", on="other"), canonical("person", {"id": "ben", "name": "Ben"})]
    with closing(opens()) as store:
        store.append(CASE, [wanted[0], *others, *wanted[1:]], EMPTY)
        scope = Scope(orgs=frozenset(["acme"]), ids=frozenset(["co-ceo"]))
        assert list(store.read(CASE, scope)) == wanted
        assert list(store.read(CASE, Scope(orgs=frozenset(["nowhere"])))) == [HEADER]


def _anything(_there: Sequence[bytes]) -> None:
    """Every block may follow."""


def _ids(blocks: Iterable[bytes]) -> list[str]:
    return [json.loads(block)["id"] for block in blocks]


LAWS: tuple[Law, ...] = (
    a_case_that_nobody_has_begun_is_empty,
    blocks_come_back_as_they_went_in,
    the_head_is_that_of_the_chain,
    whoever_is_late_is_told_and_writes_nothing,
    an_append_is_whole_or_not_at_all,
    a_declaration_is_added_to,
    cases_are_apart,
    any_text_is_only_text,
    those_who_try_again_all_come_in,
    the_same_append_twice_is_once,
    the_loser_of_a_race_is_checked_again,
    a_scope_reads_what_the_answer_rests_on,
)
"""All of them, the simplest first."""
