"""Which id each person, organization and role of the sources has, kept beside the map: no later run renames any."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring
from pathlib import Path

import tomli
from attrs import define, field

from boardsim.bylaws import BUILT_IN
from boardsim.formats.schema.hints import legal_id
from boardsim.formats.schema.shapes import RESERVED
from boardsim.imports.entries import Key
from boardsim.imports.mapping import OWN, Former
from boardsim.problems import Place, misuse

KINDS = ("person", "org", "role")
FILE = "IDS.toml"

HEAD = """\
# Which id each person, organization and role of the sources beside this file has.  `boardsim import` adds to it and
# renames nothing.  To call somebody otherwise, change the id before the first import into a log.
"""

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LINE = re.compile(r'("(?:[^"\\]|\\.)*") = "([a-z0-9-]+)"\n?')
_TABLE = re.compile(r'\[(person|org|role)\.("(?:[^"\\]|\\.)*")\]\n?')
_UNHEARD = str.maketrans(dict.fromkeys("'’.", ""))
"""What joins the parts of one word, as in O'Neill or J.P., and is left out of ids that are made from names."""

PIECE = 500
"""Lines of the file that are written at a time."""

LONGEST = 60
"""Characters of an id that is made from a name."""


def _slugged(text: str, noun: str = "x") -> str:
    """A name as an id: the letters of ASCII that are nearest to its own; where there are none, a short hash."""
    is_plain = text.isascii() and text.replace(" ", "").isalnum()  # as most names are
    found = "-".join(text.lower().split()) if is_plain else legal_id(text.translate(_UNHEARD))
    if len(found) > LONGEST:
        found = found[:LONGEST].rsplit("-", 1)[0]
    return found or f"{noun}-{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}"


slug = lru_cache(maxsize=10_000)(_slugged)
"""The same, of names that may come again."""


def own_id(text: str, noun: str) -> str:
    """The same where the word is all that is known: one that means something else in a log has the noun behind it."""
    found = slug(text, noun)
    return f"{found}-{noun}" if found in RESERVED else found


@define
class Identities:
    """The ids that were given, and those that are taken.

    Attributes:
        ids: by kind and key, the id.
        taken: the ids that mean something already, of whatever kind.
        called: of each person whom the log declares, all their names, as far as they are known.
        same: of each person whom an answer makes another, that one, and the name of which it was asked.
    """

    ids: dict[str, dict[Key, str]] = field(factory=lambda: {kind: {} for kind in KINDS})
    taken: set[str] = field(factory=lambda: {*RESERVED, *BUILT_IN})
    called: Mapping[str, Sequence[str]] = field(factory=dict)
    same: Mapping[str, tuple[str, str]] = field(factory=dict)

    def assign(self, kind: str, names: Mapping[Key, str]) -> None:
        """Give an id to every key that has none.

        What is an id already stays it; else it is made from the name.  Of several that would get the same, the first
        by key, not by order of the rows, gets it, and the others a number.
        """
        own = self.ids[kind]
        wanted: dict[str, Key | list[Key]] = {}  # a list for each would be as large as all the rest
        for key, name in names.items():
            if key not in own:
                id_ = _wanted(key, name, kind)
                before = wanted.setdefault(id_, key)
                if isinstance(before, list):
                    before.append(key)
                elif before is not key:
                    wanted[id_] = [before, key]
        for id_ in sorted(wanted):
            number, keys = 1, wanted.pop(id_)
            for key in sorted(keys) if isinstance(keys, list) else (keys,):
                found = id_
                while found in self.taken:
                    number += 1
                    found = f"{id_}-{number}"
                own[key] = self._answered(found, names[key]) if kind == "person" else found
                self.taken.add(found)

    def _answered(self, id_: str, name: str) -> str:
        """The id of the other person whom an answer makes somebody; their own where it was about somebody else."""
        other, asked = self.same.get(id_, (id_, name))
        return other if are_alike(name, (asked,)) else id_

    def keep(self, names: Mapping[Key, str], former: Former) -> None:
        """Let people whose keys were others before have the ids that they had then.

        An id goes over once, and to nobody of clearly another name, who was made one with somebody else then.
        """
        own, claims = self.ids["person"], dict[Key, list[Key]]()
        for key in names:
            if key not in own and (before := next(filter(own.__contains__, former(key)), None)) is not None:
                claims.setdefault(before, []).append(key)
        gone = {own[key] for key in own if key not in claims and any(former(key))} if claims else set()
        for before, keys in claims.items():
            id_ = own[before]
            called = self.called.get(id_, () if len(keys) == 1 else [id_.replace("-", " ")])
            if id_ not in gone:
                own.update((key, id_) for key in keys if not called or are_alike(names[key], called))


def are_alike(name: str, others: Iterable[str]) -> bool:
    """Whether a name has a word in common with one of others, so that it need not be clearly another."""
    words = set(slug(name).split("-"))
    return any(name == other or words & set(slug(other).split("-")) for other in others)


def _wanted(key: Key, name: str, kind: str) -> str:
    scheme, value = key
    if scheme != "name" and "a" <= value[:1] <= "z" and _ID.fullmatch(value) and len(value) <= LONGEST:
        return value
    return _slugged(name, kind)


def read_ids(path: Path) -> Identities:
    """The ids that a file keeps; none where there is no file.

    Raises:
        BoardsimError: it is not what was written there.
    """
    if not path.exists():
        return Identities()
    with path.open(encoding="utf-8") as lines:
        found = _fast(lines)
    if found is None:
        found = Identities()
        for kind, key, id_ in _slow(path.read_text("utf-8"), path):
            found.ids[kind][key] = id_
            found.taken.add(id_)
    return found


def _fast(lines: Iterable[str]) -> Identities | None:
    """What the lines say that were written here; None where there are others."""
    found, scheme = Identities(), ""
    own: dict[Key, str] | None = None
    for line in lines:
        if own is not None and (match := _LINE.fullmatch(line)) is not None and "\\U" not in line:
            value = json.loads(match[1]) if "\\" in match[1] else match[1][1:-1]
            own[scheme, value] = id_ = match[2]
            found.taken.add(id_)
        elif (match := _TABLE.fullmatch(line)) is not None:
            own, scheme = found.ids[match[1]], json.loads(match[2])
        elif line.rstrip("\n") and not line.startswith("#"):
            return None
    return found


def _slow(text: str, path: Path) -> Iterable[tuple[str, Key, str]]:
    """The same of a file that somebody has edited."""
    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        place = Place(str(path), error.lineno, error.colno, text.split("\n")[error.lineno - 1])
        hint = "mend the line; if the file is lost, take it away, and ids are made anew"
        raise misuse("invalid-toml", f"not TOML: {error.msg}", hint, place=place) from None
    for kind, schemes in tables.items():
        for scheme, ids in schemes.items() if kind in KINDS and isinstance(schemes, dict) else ():
            for value, id_ in ids.items() if isinstance(ids, dict) else ():
                if not isinstance(id_, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_):
                    hint = "use lower-case words with hyphens"
                    raise misuse("bad-id", f"'{id_}' is not an id", hint, place=Place(str(path)))
                yield kind, (scheme, value), id_


def text_of(identities: Identities) -> Iterator[str]:
    """The text of the file, a piece at a time."""
    yield HEAD
    for kind in KINDS:
        own = identities.ids[kind]
        for scheme in sorted({scheme for scheme, _ in own}):
            values = sorted(value for name, value in own if name == scheme)
            lines = (
                f"{_quoted(value)} = {_quoted(own[scheme, value])}\n"
                for value in values
                if scheme != OWN or value != own[scheme, value]  # it says so itself
            )
            head = f"\n[{kind}.{_quoted(scheme)}]\n"
            while some := list(islice(lines, PIECE)):
                yield head + "".join(some)
                head = ""


def _quoted(text: str) -> str:
    """A text as TOML quotes it, which is as JSON does, if nothing is left that only JSON may hold."""
    return encode_basestring(text).replace("\x7f", "\\u007f")
