"""What a register says of people and organizations besides what they are called: other names, numbers and the like."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

Key = tuple[str, str]
"""As rows have it: the scheme of an id, and the id."""


@frozen(kw_only=True)
class Particulars:
    """What is known of somebody, or of an organization.

    Attributes:
        identifiers: other numbers than that of the source, by scheme.
        founded: of an organization, as exactly as it is known.
        committee_of: of a committee, the organization of whose board it is one.
    """

    name: str
    identifiers: Mapping[str, str] = {}
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    founded: str | None = None
    committee_of: Key | None = None

    def added_to(self, table: Mapping[str, Any], committee_of: str | None) -> dict[str, Any]:
        """A declaration with all of it; what the source calls somebody itself comes first.

        Args:
            committee_of: the id of that organization.
        """
        known = {"committee_of": committee_of, "founded": self.founded}
        names = {"aliases": list(self.aliases), "former_names": list(self.former_names)}
        numbers = {**self.identifiers, **table.get("identifiers", {})}
        named = {key: value for key, value in {**names, "identifiers": numbers, **known}.items() if value}
        return {"id": table["id"], "name": table["name"], **named, **{k: v for k, v in table.items() if k not in named}}


Of = Mapping[tuple[str, Key], Particulars]
"""By kind, `org` or `person`, and key."""


def committees(known: Of, org: Key) -> Iterator[Key]:
    """Of whose board an organization is a committee, and that one perhaps of another; in a circle, of nobody's."""
    found, at = [org], known.get(("org", org))
    while at is not None and at.committee_of is not None:
        if at.committee_of in found:
            return
        found.append(at.committee_of)
        at = known.get(("org", at.committee_of))
    yield from found[1:]
