"""GraphML: read by networkx, with the same interlocks as boardsim finds."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, History, Log, Org
from boardsim.analysis.interlocks import links
from boardsim.history import Point
from boardsim.kernel import replay
from boardsim.loading.cases import bundled, load_case
from tests.corrections import corrected_logs
from tests.exports.written import exported
from tests.sizes import tries
from tests.strategies import instants, logs
from tests.unordered import two_chiefs


def graph(history: History | None = None, **wanted: Any) -> Any:
    """The network as networkx reads it, with every edge of its own."""
    text = exported("graphml", history, **wanted)
    return pytest.importorskip("networkx").read_graphml(BytesIO(text.encode()), force_multigraph=True)


def edges(found: Any) -> list[tuple[frozenset[str], dict[str, Any]]]:
    """Each edge with its ends and its attributes."""
    return [(frozenset((one, other)), values) for one, other, values in found.edges(data=True)]


def test_an_edge_is_a_tenure_with_its_dates_and_bounds() -> None:
    """People and organizations are nodes with names; what is not known exactly has bounds."""
    found = graph()
    by_opening = {values["opened"]: values for _, values in edges(found)}

    assert found.nodes["person:ben-okafor"] == {"label": '=HYPERLINK("Ben")', "kind": "person"}
    assert found.nodes["org:helios"]["kind"] == "organization"
    assert (by_opening["ada-sits"]["since"], by_opening["ada-sits"]["until"]) == ("2019", "2023-05")
    assert "since" not in by_opening["nominees-secretary"]
    assert by_opening["nominees-secretary"]["since_not_after"] == "1992-01-01"
    assert by_opening["ada-ceo"]["interim"] is True


def test_reduced_to_people_who_sat_together() -> None:
    """Ada and Ben sat on both boards at once; the edge counts them and says that not all of it is certain."""
    ((ends, values),) = edges(graph(project="people"))

    assert ends == {"person:ada-moreno", "person:ben-okafor"}
    assert (values["orgs"], values["where"], values["certain"]) == (2, "Helios, Ltd; Selene plc", False)
    assert (values["since"], "until" in values) == ("2020-03-01", False)


def test_whoever_sits_in_one_order_of_events_alone_links_for_no_certain() -> None:
    """Ann, or Bob, became the chief executive of Oak first: that Ann links it to Elm is not certain."""
    log = two_chiefs()
    sure = evolve(log, events=log.events[:2])

    found = [edges(graph(replay(each), project="orgs", roles=("ceo",))) for each in (log, sure)]
    assert [values["certain"] for [(_, values)] in found] == [False, True]


@pytest.mark.parametrize("format_", ["popolo", "ftm", "mermaid"])
def test_a_tenure_that_hangs_on_an_order_says_so_in_words(format_: str) -> None:
    """That of Ann at Oak does, wherever a format has room for words, and that at Elm does not."""
    assert exported(format_, replay(two_chiefs())).count("if ann-oak came before bob-oak") == 1


def test_reduced_to_organizations_that_share_people() -> None:
    """Helios and Selene shared two directors."""
    ((ends, values),) = edges(graph(project="orgs"))

    assert ends == {"org:helios", "org:selene"}
    assert values["people"] == 2


def test_who_came_when_the_other_went_did_not_meet() -> None:
    """Two tenures of which one ends at the instant at which the other begins have no edge."""
    at = datetime(2020, 1, 1, tzinfo=UTC)
    seat: dict[str, Any] = {"org": "acme", "role": "director"}
    ann = Appoint(id="a", at=at, person="ann", **seat)
    bob = Appoint(id="b", at=at + timedelta(days=1), person="bob", replaces="ann", **seat)
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(ann, bob))

    assert edges(graph(replay(log), project="people")) == []


def test_the_bundled_cases_are_read() -> None:
    """Everybody who ever held a role is a node with an edge."""
    for case in bundled():
        history = replay(load_case(case).log)
        found = graph(history)
        held = {tenure.opened.person for org in history.timelines for tenure in history.tenures(org)}
        assert {node for node in found if node.startswith("person:")} == {f"person:{person}" for person in held}


@settings(max_examples=tries(40))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_interlocks_counted_in_the_network_are_those_that_boardsim_finds(log: Log, data: st.DataObject) -> None:
    """At any instant, two organizations share as many directors as there are people with edges to both.

    A committee shares its members with its board, and is no other organization.
    """
    at = data.draw(st.sampled_from(instants(log)))
    history = replay(log)
    found = graph(history, at=at, roles=["director"])
    orgs = sorted(f"org:{org.id}" for org in log.orgs if org.committee_of is None and f"org:{org.id}" in found)
    counted = {
        frozenset(pair): len(set(found.neighbors(pair[0])) & set(found.neighbors(pair[1])))
        for pair in combinations(orgs, 2)
    }
    ours = {
        frozenset(f"org:{member.id}" for member in one.orgs): len({shared.person for shared in one.shared})
        for one in links([history], [Point(at, history.position(at))]).interlocks
    }

    assert {pair: number for pair, number in counted.items() if number} == ours


@settings(max_examples=tries(40))
@given(logs(max_events=14) | corrected_logs())
def test_two_meet_where_both_sit_at_some_instant(log: Log) -> None:
    """Reduced to people, an edge joins exactly those pairs that some state has on one board."""
    history = replay(log)
    together = {
        frozenset(f"person:{person}" for person in pair)
        for org in history.timelines
        for state in _lasting(history, org)
        for pair in combinations(sorted(set(state)), 2)
    }

    assert {ends for ends, _ in edges(graph(history, project="people", roles=["director"]))} == together


def _lasting(history: History, org: str) -> Iterable[tuple[str, ...]]:
    """The boards of an organization that lasted for a time, and not just between two events of one instant."""
    for at in dict.fromkeys(history.instants):
        yield history.state_at(org, at).holders("director")
