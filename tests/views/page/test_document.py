"""The page's document: whatever a number in it stands for is there."""

from hypothesis import example, given, settings

from boardsim.kernel import replay
from boardsim.loading.text import loads
from boardsim.log import Log
from boardsim.views.json.page.document import PageOptions, page_json
from tests.sizes import tries
from tests.strategies import logs

NOBODY_ELSE = """
[log]
schema = 1
id = "oak"
title = "Oak"
timezone = "UTC"

[[org]]
id = "oak"
name = "Oak"
{whole}
[[person]]
id = "ann"
name = "Ann"

[[person]]
id = "bob"
name = "Bob"

[[event]]
type = "appoint"
at = 2020-05-01T09:00:00Z
person = "ann"
org = "oak"
role = "director"

[[event]]
type = "vote"
id = "v"
at = 2020-05-02T09:00:00Z
org = "oak"
motion = "Sell the mill"
for = ["ann", "bob"]
"""
"""A vote of two, of whom the one is told of by this ballot alone."""

STRANGER = loads(NOBODY_ELSE.format(whole=""), "log.toml").log
PARTLY = loads(NOBODY_ELSE.format(whole='complete_from = "never"'), "log.toml").log


@settings(max_examples=tries(60))
@given(logs(max_events=12))
@example(STRANGER)
@example(PARTLY)
def test_everybody_of_a_vote_is_among_the_people(log: Log) -> None:
    """Whether or not anything but a ballot is on record of them."""
    page = page_json(replay(log), PageOptions(org=log.orgs[0].id if log.orgs else None, drops=False))

    people = [person["id"] for person in page["people"]]
    for vote in page["votes"]:
        members = [member["person"] for member in vote["board"]["members"]] if vote["board"] else []
        counted_out = [person for person, _ in vote["excluded"]]
        named = [people[number] for number in (*members, *counted_out, *vote["turns_on"], *vote["may_turn_on"])]
        assert {*named} <= {person.id for person in log.people}


def test_who_has_just_a_ballot_is_named_where_it_is_counted() -> None:
    """As a member of a board that is partly on record; on a whole one as somebody who is not in office."""
    [partly], [whole] = (page_json(replay(log), PageOptions())["votes"] for log in (PARTLY, STRANGER))

    assert [member["ballot"] for member in partly["board"]["members"]] == ["for", "for"]
    assert [why for _, why in whole["excluded"]] == ["not in office"]
