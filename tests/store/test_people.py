"""What concerns a person is found in a store without reading all of it, and is what the whole says of them."""

from collections.abc import Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, replay
from boardsim.exports.registry import named, names
from boardsim.filters import filter_events
from boardsim.formats.syntax import canonical
from boardsim.store.memory import MemoryStore
from boardsim.store.protocol import EMPTY
from boardsim.store.scope import Scope
from tests.conftest import Run, ran
from tests.corrections import corrected_logs
from tests.sizes import some, tries
from tests.store.test_stores_scope import apart, in_memory, read
from tests.strategies import logs


def told(log: Log, person: str) -> Sequence[tuple[str, str]]:
    """The events that concern a person, each with what became of it."""
    history = replay(log)
    found = filter_events(history, people=[person])
    return [(history.events[index].id, str(history.rulings[index])) for index in found]


@settings(max_examples=tries(60))
@given((logs(min_events=4) | corrected_logs()).map(apart), st.data())
def test_a_part_tells_of_a_person_what_the_whole_tells(log: Log, data: st.DataObject) -> None:
    """Whatever names a person, and what became of it, is the same from the part that names them."""
    person = data.draw(st.sampled_from([person.id for person in log.people]))
    scope = Scope(people=frozenset([person]))
    for made in (in_memory(), MemoryStore()):
        with closing(made) as store:
            store.append("story", list(canonical.blocks(log)), EMPTY)
            assert told(read(store, scope), person) == told(read(store, None), person)


EXPORTS = tuple(("export", "--format", name) for name in names() if not (named(name).is_log or named(name).binary))
COMMANDS = (("replay",), ("replay", "--json"), ("snapshot",), ("snapshot", "--json"), *EXPORTS)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the bundled case in a store."""
    url = f"sqlite:{tmp_path_factory.mktemp('stored') / 'board.db'}"
    assert ran("load", "openai-2023", url).code == 0
    return f"{url}#openai-2023"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("person", some(["greg-brockman", "mira-murati", "tasha-mccauley"], 3))
def test_commands_answer_as_from_the_log(run: Run, stored: str, command: Sequence[str], person: str) -> None:
    """What a command says of a person is the same from a store as from the log."""
    name, *options = command
    here, there = (run(name, case, *options, "--person", person) for case in ("openai-2023", stored))

    assert (there.code, there.out.replace(stored, "openai-2023")) == (here.code, here.out)
