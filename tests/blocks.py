"""Blocks of small logs as text: their heads, and the events of whoever holds a role."""


def head(
    *names: str,
    org: str = "oak",
    name: str = "Oak Ltd",
    said: str = "",
    zone: str | None = None,
    id: str | None = None,
) -> str:
    """Everything before the first event: an organization, of which this is said besides, and people."""
    header = [f'id = "{id}"\n' if id else "", f'timezone = "{zone}"\n' if zone else ""]
    return f'[log]\nschema = 1\n{"".join(header)}\n[[org]]\nid = "{org}"\nname = "{name}"\n{said}{people(*names)}'


def people(*names: str) -> str:
    """People, each called like their id."""
    return "".join(f'\n[[person]]\nid = "{name}"\nname = "{name.title()}"\n' for name in names)


def event(type_: str, said: str, *, person: str = "ann", org: str = "oak", role: str = "director") -> str:
    """An event about a role, of which this is said besides: when it was, at least."""
    return f'\n[[event]]\ntype = "{type_}"\n{said}\nperson = "{person}"\norg = "{org}"\nrole = "{role}"\n'
