"""Names of stores and of the cases in them: `sqlite:board.db#openai-2023`, `postgresql://host/name#case`."""

import re
from pathlib import Path

from attrs import frozen

from boardsim.values import Value

SQLITE = "sqlite:"
POSTGRES = ("postgresql://", "postgres://")

_PASSWORDS = re.compile(r"(?<=:)(?!//)[^:@/]*(?=@)|(?<=password=)[^&]*")


@frozen(eq=False, repr=False)
class Address(Value):
    """A store, and a case in it.

    Attributes:
        url: the store, as its driver wants it: the path of a file, or the whole URL of a server's database.
        sqlite: whether it is a file.
        case: the case; None where none is named.
    """

    url: str
    sqlite: bool
    case: str | None = None

    @property
    def shown(self) -> str:
        """The store as messages name it: never with its password."""
        return f"{SQLITE}{self.url}" if self.sqlite else _PASSWORDS.sub("***", self.url)

    def named(self, case: str) -> str:
        """A case of this store as messages name it."""
        return f"{self.shown}#{case}"


def is_store(name: str) -> bool:
    """Whether a name of a case is that of a store or of a case in it."""
    return name.startswith((SQLITE, *POSTGRES))


def beside(name: str, folder: Path) -> str:
    """The name of a case in a store as somebody means it who writes it in a file in that folder."""
    at = address(name)
    return f"{SQLITE}{folder / at.url}#{at.case or ''}" if at.sqlite else name


def in_case(name: str, case: str) -> str:
    """The name of a case in a store, given that of the store or of any case in it."""
    store, mark, _ = name.rpartition("#")
    return f"{store if mark else name}#{case}"


def address(name: str) -> Address:
    """What a name says; the case follows the last `#`."""
    url, mark, case = name.rpartition("#")
    if not mark:
        url, case = name, ""
    sqlite = url.startswith(SQLITE)
    return Address(url.removeprefix(SQLITE) if sqlite else url, sqlite, case or None)
