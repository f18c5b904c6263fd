"""What a log declares can grow: later blocks of an id, built-in roles anew, dates of which only the month is known."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, Org, Role, audit, loads, replay
from boardsim.bylaws import BUILT_IN
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import canonical, jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.sealing import seal
from tests.conftest import ROOT, Run
from tests.sizes import tries

HEADER = '{"type":"log","schema":1,"id":"helios","timezone":"Europe/London"}\n'
ORG = '{"type":"org","id":"helios","name":"Helios Ltd","bylaws":{"seats":3}}\n'
ADA = '{"type":"person","id":"ada","name":"Ada Moreno","aliases":["A. Moreno"],"born":"1985"}\n'
JOINS = '{"type":"appoint","at":"2020-01-01","person":"ada","org":"helios","role":"director"}\n'
LOG = HEADER + ORG + ADA + JOINS


def read(*more: str) -> Loaded:
    """The log with more lines at its end."""
    return loads(LOG + "".join(f"{line}\n" for line in more), "log.jsonl")


def sound(*more: str) -> Log:
    """The same, of which nothing but a note may be said."""
    loaded = read(*more)
    assert {problem.severity for problem in loaded.problems} <= {"note"}
    return loaded.log


CHECKER: dict[str, Any] = runpy.run_path(str(ROOT / "docs" / "check_receipt.py"))
heads: Callable[[str], Any] = CHECKER["heads"]


def agree(log: Log, text: str) -> None:
    """See that both programs have the same chain of heads."""
    assert list(heads(text)) == [head.hex() for head in seal.seal(log).heads]


# Later blocks


def test_lists_grow_tables_merge_and_values_take_their_place() -> None:
    """A later block adds names and identifiers, and what it says otherwise holds for the whole log."""
    log = sound(
        '{"type":"person","id":"ada","aliases":["Ada M.","A. Moreno"],"identifiers":{"CH":"1"}}',
        '{"type":"person","id":"ada","identifiers":{"CH":"2","DE":"3"},"born":"1985-04","former_names":["Ada Lind"]}',
        '{"type":"org","id":"helios","founded":"1901-04-02"}',
    )
    (ada,), (org,) = log.people, log.orgs

    assert (ada.name, ada.aliases, ada.former_names) == ("Ada Moreno", ("A. Moreno", "Ada M."), ("Ada Lind",))
    assert (dict(ada.identifiers), ada.born) == ({"CH": "2", "DE": "3"}, "1985-04")
    assert (str(org.founded), org.bylaws.seats) == ("1901-04-02", 3)
    assert log.start("helios").bylaws.seats == 3


def test_another_value_is_noted_with_both_places() -> None:
    """Who says something else than before is told so, and where the other value stands; once for each."""
    loaded = read(
        '{"type":"person","id":"ada","aliases":["Ada M."],"born":"1985"}',
        '{"type":"person","id":"ada","name":"Ada Lind"}',
        '{"type":"person","id":"ada","name":"Ada Moreno"}',
    )

    assert [(p.code, p.severity, p.place and p.place.line) for p in loaded.problems] == [
        ("redeclared", "note", 6),
        ("redeclared", "note", 7),
    ]
    assert [p.message[-6:] for p in loaded.problems] == ["line 3", "line 6"]
    assert loaded.log.name("ada") == "Ada Moreno"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"type":"person","id":"ada"}', "duplicate-id"),
        ('{"type":"person","id":"ada","name":"Ada Moreno","aliases":["A. Moreno"]}', "duplicate-id"),
        ('{"type":"person","id":"ada","aliases":[]}', "duplicate-id"),
        ('{"type":"org","id":"helios","bylaws":{"seats":4}}', "later-bylaws"),
        ('{"type":"org","id":"helios","controlled_by":"helio"}', "unknown-org"),
        ('{"type":"org","id":"helios","controlled_by":"helios"}', "control-cycle"),
        ('{"type":"org","id":"helios","committee":"audit"}', "missing-key"),
        ('{"type":"person","id":"ada","identifiers":{"CH":1}}', "wrong-type"),
        ('{"type":"person","id":"ada","identifiers":["CH"]}', "wrong-type"),
        ('{"type":"person","id":"ada","aliases":"Ada"}', "wrong-type"),
        ('{"type":"person","id":"ada","born":1985}', "wrong-type"),
        ('{"type":"person","id":"ada","born":"1985-13"}', "wrong-type"),
        ('{"type":"person","id":"ada","born":"0000"}', "wrong-type"),
        ('{"type":"person","id":"ada","founded":"1985"}', "unknown-key"),
        ('{"type":"role","id":"ceo","holders":0}', "out-of-range"),
        ('{"type":"role","id":"ceo","holders":"all"}', "wrong-type"),
        ('{"type":"role","id":"ceo","requires":"nobody"}', "unknown-role"),
        ('{"type":"role","id":"envoy"}', "missing-key"),
        ('{"type":"role","id":"director","requires":"ceo"}', "built-in-role"),
        ('{"type":"waive","at":"2020","check":"x","org":"helios","by":"board","reason":"y"}', "impossible-date"),
        ('{"type":"waive","at":"2020-01-01","check":"x","org":"helios","by":"nobody","reason":"y"}', "unknown-person"),
        ('{"type":"waive","at":"2020-01-01","check":7,"org":"helios","by":"board","reason":"y"}', "wrong-type"),
        ('{"type":"waive","at":"2020-01-01","check":"x","org":"helios","by":"board","reason":" "}', "empty-text"),
    ],
)
def test_bad_declarations(line: str, code: str) -> None:
    """What is wrong with a later block has a code and a place, and leaves the rest of the log as it was."""
    loaded = read(line)

    assert [(p.code, p.place and p.place.line) for p in loaded.problems] == [(code, 5)]
    assert (loaded.log.events, loaded.log.start("helios").bylaws.seats) == (sound().events, 3)


def test_what_follows_a_broken_first_block() -> None:
    """Whoever could not be read the first time is not read from a later block without a name, and nobody nags twice."""
    broken = '{"type":"person","id":"ben","nam":"Ben"}\n'
    loaded = loads(LOG + broken + '{"type":"person","id":"ben","aliases":["B."]}\n', "log.jsonl")

    assert [problem.code for problem in loaded.problems] == ["unknown-key"]
    assert [person.id for person in loaded.log.people] == ["ada"]


MORE = (
    '{"type":"person","id":"ada","aliases":["Ada M."],"natural":true}',
    '{"type":"org","id":"helios","founded":"1901","identifiers":{"LEI":"5"}}',
    '{"type":"statement","at":"2021-01-01","text":"Hello"}',
    '{"type":"person","id":"ada","name":"Ada Lind","born":"1985-04","former_names":["Ada Moreno"]}',
    '{"type":"role","id":"secretary","holders":"any"}',
    '{"type":"role","id":"vice-chair","requires":"none","name":"Deputy"}',
    '{"type":"waive","at":"2020-01-01","check":"board_min","org":"helios","until":"2020-12-31","by":"ada","reason":"x"}',
    '{"type":"org","id":"helios","name":"Helios plc","note":"Floated."}',
)


@given(st.permutations(MORE))
def test_the_first_blocks_always_mean_the_same_bytes(more: list[str]) -> None:
    """Whatever follows, the seal of a log begins with the seal of its beginning, and both programs say so."""
    texts = [LOG + "".join(f"{line}\n" for line in more[:count]) for count in range(len(more) + 1)]
    found = [loads(text, "log.jsonl").log for text in texts]
    whole = seal.seal(found[-1])

    for count, log in enumerate(found):
        assert [block.hash for block in whole.blocks[: 4 + count]] == [block.hash for block in seal.seal(log).blocks]
        agree(log, texts[count])


@given(st.permutations(MORE))
def test_every_block_is_written_back_as_it_was(more: list[str]) -> None:
    """In TOML and in JSON Lines, a log of several blocks for one id keeps each of them, in its place."""
    log = sound(*more)

    for text, name in ((toml.write(log), "log.toml"), (jsonl.write(as_stated(log)), "log.jsonl")):
        again = loads(text, name).log
        assert again == log
        assert again.written == log.written
        assert list(canonical.blocks(again)) == list(canonical.blocks(log))
        agree(again, text)


def test_a_program_that_changes_what_is_declared_writes_what_it_made() -> None:
    """Where the blocks no longer declare what the log holds, the whole is written, one block for each id."""
    log = sound(*MORE)
    changed = evolve(log, orgs=(Org(id="helios", name="Another"),))
    again = loads(toml.write(changed), "log.toml")

    assert (again.log, [p.code for p in again.problems]) == (changed, [])


def test_a_vanished_later_block_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several blocks with one id, `verify` says which is gone."""
    monkeypatch.chdir(tmp_path)
    path = Path("log.jsonl")
    path.write_text(LOG + f"{MORE[0]}\n{MORE[2]}\n")
    assert run("seal", "log.jsonl", "--write").code == 0
    path.write_text(LOG + f"{MORE[2]}\n")

    assert "the person 'ada (2)' was sealed, and is gone" in run("verify", "log.jsonl").err


def test_one_more_block_is_recorded(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`record` adds to what is declared: names as they are typed, identifiers as text, and no bylaws."""
    monkeypatch.chdir(tmp_path)
    Path("log.jsonl").write_text(LOG)
    names = ("--alias", "Moreno, Ada", "--former-name", "Ada Lind", "--identifier", "CH=0012", "--born", "1985-04")

    assert run("record", "log.jsonl", "person", "--id", "ada", *names).code == 0
    assert run("record", "log.jsonl", "org", "--id", "helios", "--founded", "1901").code == 0
    assert "error[duplicate-id]" in run("record", "log.jsonl", "person", "--id", "ada").err
    assert "error[later-bylaws]" in run("record", "log.jsonl", "org", "--id", "helios", "--bylaws", "seats=2").err
    (ada,) = loads(Path("log.jsonl").read_text(), "log.jsonl").log.people
    assert (ada.aliases, ada.former_names) == (("A. Moreno", "Moreno, Ada"), ("Ada Lind",))
    assert (dict(ada.identifiers), ada.born) == ({"CH": "0012"}, "1985-04")


def test_a_scenario_cannot_say_more_of_what_its_base_declares(tmp_path: Path) -> None:
    """A scenario declares who is new; of its own people it may say more in a later block."""
    from boardsim.loading.scenarios import load_world  # noqa: PLC0415 -- one test of a scenario among logs

    (tmp_path / "log.jsonl").write_text(LOG)
    scenario = '[scenario]\nid = "s"\nbase = "log.jsonl"\n\n[[person]]\nid = "ben"\nname = "Ben"\n\n'
    (tmp_path / "s.toml").write_text(f'{scenario}[[person]]\nid = "ben"\naliases = ["B."]\n')
    own = load_world(str(tmp_path / "s.toml"))
    (tmp_path / "s.toml").write_text(f'{scenario}[[person]]\nid = "ada"\naliases = ["B."]\n')

    assert (own.problems, own.scenario.people[0].aliases) == ([], ("B.",))
    assert [problem.code for problem in load_world(str(tmp_path / "s.toml")).problems] == ["duplicate-id"]


# Built-in roles anew


@pytest.mark.parametrize("role", sorted(BUILT_IN))
def test_what_a_role_leaves_out_stays_as_built_in(role: str) -> None:
    """A block with no more than the id, or a name, leaves a built-in role as it is; and both receipts agree."""
    plain, named = f'{{"type":"role","id":"{role}"}}', f'{{"type":"role","id":"{role}","name":"Other"}}'

    assert sound(plain).role_table[role] == BUILT_IN[role]
    assert sound(named).role_table[role] == evolve(BUILT_IN[role], name="Other")
    for line in (plain, named):
        agree(sound(line), LOG + line)


KEYS: dict[str, list[Any]] = {
    "name": ["Other"],
    "kind": [None],
    "holders": [1, 2, "any"],
    "requires": ["none", "employee", "ceo"],
}


@given(st.sampled_from(sorted(set(BUILT_IN) - {"director"})), st.data())
@settings(max_examples=tries(100))
def test_a_role_is_what_its_canonical_form_says(role: str, data: st.DataObject) -> None:
    """Whatever a block says of a built-in role, the canonical form says all of it, and no two roles have the same."""
    said = {key: data.draw(st.sampled_from(values)) for key, values in KEYS.items() if data.draw(st.booleans())}
    said |= {"kind": BUILT_IN[role].kind} if "kind" in said else {}
    if role == said.get("requires"):
        del said["requires"]
    line = jsonl.write([("role", {"id": role, **said})])
    found = sound(line)
    (block,) = [block for block in canonical.blocks(found) if b'"type":"role"' in block]

    assert loads(HEADER + block.decode(), "log.jsonl").log.role_table[role] == found.role_table[role]
    agree(found, LOG + line)


@pytest.mark.parametrize("role", ["chair", "vice-chair", "ceo", "member"])
def test_a_whole_declaration_means_what_it_always_did(role: str) -> None:
    """A block that says the kind declares the role whole, as it always did; so sealed logs stay what they are."""
    kind = BUILT_IN[role].kind
    found = sound(f'{{"type":"role","id":"{role}","kind":"{kind}"}}').role_table[role]

    assert found == Role(id=role, kind=kind, holders=1 if role in ("chair", "ceo") else None)


def test_two_secretaries() -> None:
    """With any number of holders, what a register says of two secretaries at once can be."""
    lines = (
        '{"type":"appoint","id":"a1","at":"2000-01-01","person":"ada","org":"helios","role":"secretary"}',
        '{"type":"person","id":"ben","name":"Ben"}',
        '{"type":"appoint","id":"a2","at":"2001-01-01","person":"ben","org":"helios","role":"secretary"}',
    )
    anew = '{"type":"role","id":"secretary","holders":"any"}'

    assert [problem.code for problem in audit(sound(*lines))] == ["role-full"]
    assert audit(sound(*lines, anew)) == []
    assert replay(sound(*lines, anew)).state("helios").holders("secretary") == ("ada", "ben")


@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        (['"id":"seat","kind":"board"'], ["board-role"]),
        (['"id":"seat","kind":"board","requires":"ceo"'], ["board-role"]),
        (['"id":"seat","kind":"board","requires":"director"'], []),
        (['"id":"seat","kind":"board","requires":"chair"'], []),
        (['"id":"seat","kind":"board","requires":"chair"', '"id":"chair","requires":"none"'], ["board-role"]),
        (['"id":"seat","kind":"observer"', '"id":"vice-chair","requires":"none"'], []),
    ],
)
def test_a_role_on_the_board_without_a_vote(roles: list[str], codes: list[str]) -> None:
    """A declared role of the board is remarked on unless its holders must be directors, who alone vote."""
    log = sound(*(f'{{"type":"role",{role}}}' for role in roles))

    assert [(p.code, p.severity) for p in audit(log)] == [(code, "warning") for code in codes]
