"""Blocks of small logs as text: their heads, and the events of whoever holds a role."""


def head(
    *people: str,
    org: str = "oak",
    name: str = "Oak Ltd",
    said: str = "",
    zone: str | None = None,
    id: str | None = None,
) -> str:
    """Everything before the first event: an organization, of which this is said, and people named like their ids."""
    header = [f'id = "{id}"\n' if id else "", f'timezone = "{zone}"\n' if zone else ""]
    declared = (f'\n[[person]]\nid = "{person}"\nname = "{person.title()}"\n' for person in people)
    return f'[log]\nschema = 1\n{"".join(header)}\n[[org]]\nid = "{org}"\nname = "{name}"\n{said}{"".join(declared)}'


def event(type_: str, dated: str, *, person: str = "ann", org: str = "oak", role: str = "director") -> str:
    """An event about a role; `dated` is the lines that say when it was."""
    return f'\n[[event]]\ntype = "{type_}"\n{dated}\nperson = "{person}"\norg = "{org}"\nrole = "{role}"\n'
