"""The page's state is the kernel's: at any instant, as known at any, in any world."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from boardsim import Log, load_case, replay, snapshot
from boardsim.bylaws import DIRECTOR
from boardsim.events import DOUBTS
from boardsim.history import History, Variant
from boardsim.loading.scenarios import load_world
from boardsim.traits import ends_life
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.json.page.worlds import lost, of_votes
from boardsim.views.page.render import render
from tests.sizes import some, tries
from tests.strategies import instants, logs
from tests.views.page.conftest import MARK_WHAT_STOPPED, until_whole
from tests.views.page.logs import OUTLIVED
from tests.views.page.reading import address, read

POINTS = tries(4_000, 80)


def of_kernel(history: History, org: str, at: datetime, *, orders: bool = True) -> dict[str, Any]:
    """What the page must show of an organization, as the kernel has it.

    Args:
        orders: whether an order of events that is not on record is asked about.
    """
    found = snapshot(history, at=at, orgs=[org]).orgs[0]
    doubts = [doubt for doubt in found.uncertain if orders or doubt.why != "order"]
    unsure = {doubt.person for doubt in doubts if doubt.role == DIRECTOR} & set(found.directors)
    doubtful = {opening.person for opening in found.roles.get(DIRECTOR, ()) if opening.status in DOUBTS}
    chief = sorted(history.log.name(opening.person) for opening in found.roles.get("ceo", ()))
    seats = found.state.bylaws.seats
    return {
        "directors": sorted(found.directors),
        "unsure": sorted(unsure | doubtful),
        "died": sorted({*found.died} & {*found.directors}),
        "dissolved": found.dissolved is not None,
        "vacant": max(0, (seats or 0) - len(found.directors)),
        "chief": chief,
        "rules": any(doubt.role is None and not ends_life(doubt.event) for doubt in doubts),
    }


def shown(region: dict[str, Any]) -> dict[str, Any]:
    """The same as the page has it."""
    chief = [name for name in region["chief"] if name != "Nobody on record"]
    alike = ("directors", "unsure", "died", "dissolved", "vacant", "rules")
    return {**{key: region[key] for key in alike}, "chief": chief}


def points(log: Log, count: int) -> Iterator[tuple[datetime, datetime | None]]:
    """Instants of events and between them, each with a state of knowledge."""
    chance = random.Random(17)  # noqa: S311 -- the same points each time
    known = [event.known for event in log.events] + [event.at for event in log.events]
    for _ in range(count):
        at = chance.choice(log.events).at + timedelta(seconds=chance.choice([0, 0, -1, 1, 3600, 86_400 * 3]))
        yield at, chance.choice([None, chance.choice(known), at])


@pytest.mark.parametrize("world", some(["removal-vote.failed", "", "sutskever-votes-no", "two-thirds"], 4))
def test_every_point_is_the_kernels(page: Page, weekend: str, world: str) -> None:
    """The board, the chief executive, what is not certain and how many events are lost, at points drawn at random."""
    log = load_case("openai-2023").log
    variant = Variant(log=log) if not world else _variant(log, world)
    page.goto(weekend)
    wanted = [*points(log, POINTS // 4)]
    boards = read(page, [address(at, known, world) for at, known in wanted])
    for (at, known), regions in zip(wanted, boards, strict=True):
        history = replay(variant, known=known)
        assert shown(regions[-1]) == of_kernel(history, "openai", at), (at, known)
        assert regions[-1]["lost"] == lost(as_known(known), history), (at, known)


@cache
def as_known(known: datetime | None) -> History:
    """The record of the weekend as it was known at an instant."""
    return replay(load_case("openai-2023").log, known=known)


def _variant(log: Log, world: str) -> Variant:
    if "." in world:
        return next(found.variant for found in of_votes(replay(log)) if found.id == world)
    return load_world(world).branched.world


@pytest.mark.ci
def test_events_left_out(page: Page, with_drops: str) -> None:
    """Without any one event the board is that of the replay without it, but for doubts about orders of events."""
    log = load_case("openai-2023").log
    page.goto(with_drops)
    drops = [event.id for event in replay(log).events][:: 1 if POINTS > 1_000 else 9]
    wanted = [(event, at, known) for event in drops for at, known in points(log, 6)]
    boards = read(page, [address(at, known, drop=event) for event, at, known in wanted])
    for (event, at, known), regions in zip(wanted, boards, strict=True):
        history = replay(Variant(log=log, dropped=frozenset([event])), known=known)
        assert shown(regions[-1]) == of_kernel(history, "openai", at, orders=False), (event, at, known)
        record = as_known(known)
        assert regions[-1]["lost"] == lost(record, history) - (event in record), (event, at, known)


@pytest.mark.ci
@settings(max_examples=tries(60), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(logs(max_events=12), st.data())
def test_any_log(page: Page, tmp_path: Path, log: Log, data: st.DataObject) -> None:
    """Of any log the page's state, read from its elements, is the kernel's."""
    if not log.orgs or not log.events:
        return
    path = tmp_path / "page.html"
    path.write_text(render(page_json(replay(log), PageOptions(org=log.orgs[0].id, drops=False))), encoding="utf-8")
    page.goto("about:blank")
    page.goto(path.as_uri())
    some = instants(log)
    wanted = [(data.draw(st.sampled_from(some)), data.draw(st.none() | st.sampled_from(some))) for _ in range(8)]
    boards = read(page, [address(at, known) for at, known in wanted])
    for (at, known), regions in zip(wanted, boards, strict=True):
        assert regions[0]["fault"] == ""
        assert shown(regions[-1]) == of_kernel(replay(log, known=known), log.orgs[0].id, at), (at, known)


def test_whoever_died_is_said_to_have(page: Page, tmp_path: Path) -> None:
    """From the death on, as it was known, at their chair; an organization that is to end has not ended."""
    path = tmp_path / "log.toml"
    path.write_text(OUTLIVED)
    log = load_case(path).log
    path = tmp_path / "page.html"
    path.write_text(render(page_json(replay(log), PageOptions(drops=False))), encoding="utf-8")
    page.goto(path.as_uri())
    days = (datetime(2021, month, 4, tzinfo=UTC) for month in (2, 3, 5, 12))
    wanted = [(at, known) for at in (*days, datetime(2022, 1, 3, tzinfo=UTC)) for known in (None, at)]
    boards = read(page, [address(at, known) for at, known in wanted])
    for (at, known), regions in zip(wanted, boards, strict=True):
        assert shown(regions[-1]) == of_kernel(replay(log, known=known), "acme", at), (at, known)
    assert [region[-1]["died"] for region in boards] == [[], [], ["ann"], *[[]], *[["ann"]] * 6]
    assert [region[-1]["dissolved"] for region in boards] == [False] * 8 + [True] * 2


def test_a_page_of_which_the_script_stops_is_not_waited_for(browser: Browser, tmp_path: Path) -> None:
    """It fails at once, and says why, also while a property looks for its smallest log."""
    path = tmp_path / "page.html"
    path.write_text('<p>Hello</p><p id="data"></p><script>nothing.at.all()</script>', encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(MARK_WHAT_STOPPED)
    page.goto(path.as_uri())
    with pytest.raises(pytest.fail.Exception, match=r"stopped: .*nothing is not defined"):
        until_whole(page)
    context.close()


def test_the_knowledge_of_each_instant(page: Page, weekend: str) -> None:
    """As known then, the board at noon on Friday is whole, and half an hour later it is down to four."""
    page.goto(weekend)
    hashes = ["#at=2023-11-17T20:00:00Z&known=then", "#at=2023-11-17T20:28:50Z&known=then"]
    sizes = [len(regions[0]["directors"]) for regions in read(page, hashes)]
    assert sizes == [6, 4]
