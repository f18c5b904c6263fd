"""What the fifth version of the tables keeps beside the blocks that SQL alone could not make of them."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from boardsim.store.instants import zone_of
from boardsim.store.integrity import Tally
from boardsim.store.links import Link, linked
from boardsim.store.texts import Texts, kept_texts

if TYPE_CHECKING:
    from boardsim.store.database import Driver

LINKED_SINCE = 5
"""The version of the tables that has them first."""


def fill(driver: "Driver") -> None:
    """Make of all blocks that are there what is kept beside them: links with their tallies, texts that are missing."""
    for (case,) in list(driver.run("SELECT case_id FROM blocks WHERE position = 0")):
        found = [(position, json.loads(body)) for position, body in driver.run(_BODIES, (case,))]
        links = [Link(case, word, position) for position, table in found for word in linked(table)]
        counted = Counter(link.value for link in links)
        driver.insert("links", links, len(Link._fields))
        tallied = [Tally(case, "link", value, count) for value, count in counted.items()]
        driver.insert("tallies", tallied, len(Tally._fields))
        _fill_texts(driver, case)


def _fill_texts(driver: "Driver", case: str) -> None:
    ((header,),) = list(driver.run(f"{_BODY} WHERE case_id = ? AND position = 0", (case,)))
    zone = zone_of(header.encode())
    missing = [(position, json.loads(body)) for position, body in driver.run(_MISSING, (case,))]
    made = [text for position, table in missing if (text := kept_texts(case, position, table, zone)) is not None]
    driver.insert("texts", made, len(Texts._fields))


_BODY = "SELECT CAST(body AS text) FROM blocks"
_BODIES = "SELECT position, CAST(body AS text) FROM blocks WHERE case_id = ?"
_MISSING = (
    "SELECT b.position, CAST(b.body AS text) FROM blocks AS b "
    "LEFT JOIN texts AS t ON t.case_id = b.case_id AND t.position = b.position "
    "WHERE b.case_id = ? AND b.kind = 'event' AND t.position IS NULL"
)
