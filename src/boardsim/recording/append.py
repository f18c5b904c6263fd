"""What is added to the end of a log, as the text that goes there.

The new blocks are decoded with all that is there already, by the decoder of logs: what holds of a log that was read
holds of one that was added to.  They are then written in the log's own form, TOML or JSON Lines, in its own zone and
with its own line ends.
"""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.formats.log.encode import Table
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.log.parse import is_jsonl, is_scenario
from boardsim.formats.schema import times
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.formats.syntax.records import Record
from boardsim.loading.text import assemble, parsed
from boardsim.problems import Place, Problem, misuse

Blocks = Sequence[tuple[str, Table]]


@frozen
class Before:
    """A log as it stands, taken apart but not yet understood.

    Attributes:
        file: its name in messages.
        zone: the zone in which its dates are read; UTC where the header names none that there is.
    """

    text: str
    file: str
    records: Sequence[Record]
    problems: Sequence[Problem]
    zone: ZoneInfo

    @property
    def includes(self) -> Sequence[str]:
        """The names of the files that stand before its own blocks."""
        headers = [record.table for record in self.records if record.kind == "log" and record.is_table]
        names = [header.get("include") for header in headers]
        return [name for listed in names if isinstance(listed, list) for name in listed if isinstance(name, str)]

    def loaded(self) -> Loaded:
        """The log itself."""
        return assemble(self.records, self.problems, self.file)

    def extended(self, new: Sequence[Record]) -> Loaded:
        """The log with more at its end."""
        return assemble([*self.records, *new], self.problems, self.file)


def before(text: str, file: str) -> Before:
    """A log to be added to, or to be sealed.

    Raises:
        BoardsimError: it is a scenario.
    """
    records, problems = parsed(text, file)
    if is_scenario(records):
        hint = "name the log that it changes"
        raise misuse("not-a-log", f"'{file}' is a scenario, not a log", hint, place=Place(file))
    return Before(text, file, records, problems, zone_of(records))


def zone_of(records: Sequence[Record]) -> ZoneInfo:
    """The zone of a log by its header; UTC where that names none that there is."""
    names = [record.table.get("timezone") for record in records if record.kind == "log" and record.is_table]
    name = names[0] if names else None
    return (times.zone(name) if isinstance(name, str) else None) or ZoneInfo("UTC")


def torn_tail(log: Before) -> Problem | None:
    """The end of a log that another program seems to have left half written; None where it is whole."""
    found = [problem for problem in log.problems if problem.code == "torn-tail"]
    if not found and not (log.records and log.records[-1].broken):
        return None
    lines = log.text.rstrip("\r\n").split("\n")
    place = found[0].place if found else Place(log.file, len(lines), 1, lines[-1])
    message = "the log's last block is not whole: did another program die while it wrote?"
    hint = "fix it, or take it out, and record again"
    return Problem(code="torn-tail", message=message, hint=hint, place=place)


def only_in(some: Iterable[Problem], others: Iterable[Problem]) -> list[Problem]:
    """The problems that are new: what is wrong now, and was not wrong there before."""
    known = {(other.code, other.message, other.place) for other in others}
    return [problem for problem in some if (problem.code, problem.message, problem.place) not in known]


def text_of(blocks: Blocks, log: Before) -> str:
    """The text that puts these blocks at the end of a log: below one blank line in TOML, each on its line in JSON."""
    start = "" if log.text.endswith("\n") or not log.text else "\n"
    if is_jsonl(log.text, log.file):
        text = start + jsonl.write(blocks)
    else:
        apart = "" if log.text.replace("\r", "").endswith("\n\n") or not log.text else "\n"
        text = start + apart + "\n".join(toml.block(kind, table, log.zone) for kind, table in blocks)
    return text.replace("\n", "\r\n") if "\r\n" in log.text else text
