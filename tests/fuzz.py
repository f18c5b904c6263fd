"""Mutated logs, scenarios, seals, stores and options, through every command and the library.

    python -m tests.fuzz --seconds 60 --seed 1

Each trial takes a command line of the documentation or of an example of an error, changes some of its words, and some
of the files that it reads, and runs it in this process.  Whatever is not an answer (exit status 0), a no (1) or wrong
usage (2) with a message, or takes more than 20 seconds, is kept in a folder that reproduces it.  Trial N of a seed is
always the same: `--only N` runs it alone.
"""

import argparse
import os
import random
import re
import shlex
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import typer.main
from attrs import frozen

import boardsim
from boardsim.cli import COMMANDS, app, main
from boardsim.formats.syntax import toml_writer
from boardsim.problems import BoardsimError
from boardsim.sealing import seal

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "errors"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
STORE = "store.db"
LIMIT = 20
"""Seconds that a trial may take."""

ODD = (
    *(
        "",
        " ",
        "0",
        "-1",
        "2",
        "99999999999999999999",
        "1e309",
        "nan",
        "1/0",
        "\u00b2",
        "none",
        "any",
        "never",
        "true",
        "null",
    ),
    *(
        "9999-12-31",
        "0001-01-01",
        "2021-02-30",
        "1982",
        '"1982-05"',
        "2023-11-17T12:00:00",
        "2023-11-17T12:00:00-08:00",
    ),
    *(
        "[]",
        "{}",
        '["a"]',
        "{ a = 1 }",
        "[[event]]",
        "'''",
        '"""',
        "\\",
        "\\ud800",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
    ),
    *("=", ":", "#", ",", "..", "/", "a" * 3000, "[" * 300),
)
"""What may stand where something else stood."""

SERVERS = ("--dask", "--workers", "--jobs", "--processes", "--install-completion", "--show-completion")
"""Options that start other processes, which no trial waits for."""

TOKEN = re.compile(rb'"[^"\n]*"|[A-Za-z0-9_:.+-]+|[^\sA-Za-z0-9]')


@frozen
class Trial:
    """What is run: a command's words, or the library where there are none, and the files in the folder by name."""

    words: tuple[str, ...]
    files: Mapping[str, bytes]

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The files that are not as they were."""
        return {name: data for name, data in self.files.items() if originals()[name] != data}


@frozen
class Finding:
    """What went wrong in a trial."""

    number: int
    trial: Trial
    what: str


class Late(BaseException):
    """A trial took too long; nothing in the program catches this."""


@cache
def command_lines() -> Sequence[tuple[str, ...]]:
    """The command lines of the documentation and of the examples of errors, without `boardsim`."""
    lines = [line for path in sorted(EXAMPLES.glob("*.args")) for line in path.read_text("utf-8").splitlines()[-1:]]
    lines += [
        found for page in PAGES for found in re.findall(r"^ *\$ boardsim (.*)$", page.read_text("utf-8"), re.MULTILINE)
    ]
    lines += [f"check {path.name}" for path in sorted(EXAMPLES.glob("*.toml"))]
    found = []
    for line in lines:
        try:
            words = tuple(shlex.split(line.partition(" > ")[0].partition(" | ")[0]))
        except ValueError:  # a line that goes on
            continue
        if words and words[0] in COMMANDS and not set(words) & set(SERVERS):
            found.append(words)
    return sorted(set(found))


@cache
def options() -> Mapping[str, Sequence[tuple[str, bool]]]:
    """The options of each command, and whether it is a flag."""
    group = typer.main.get_command(app)
    found = {}
    for name in sorted(COMMANDS):
        command = group.get_command(typer.Context(group), name)  # type: ignore[attr-defined]
        found[name] = [
            (option, getattr(parameter, "is_flag", False))
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--") and option not in SERVERS
        ]
    return found


@cache
def values() -> Sequence[str]:
    """What people give to commands."""
    return sorted({word for words in command_lines() for word in words[1:] if not word.startswith("-")})


@cache
def originals() -> Mapping[str, bytes]:
    """The files that there are before anything is mutated: the examples, the bundled cases and a store."""
    paths = [path for path in sorted(EXAMPLES.rglob("*")) if path.is_file() and path.suffix not in (".txt", ".args")]
    found = {str(path.relative_to(EXAMPLES)): path.read_bytes() for path in paths}
    for path in sorted((ROOT / "scenarios").rglob("*.toml")):
        found[f"{path.parent.name}/{path.name}"] = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / STORE
        assert call(["load", str(EXAMPLES / "plain.toml"), f"sqlite:{store}"])[0] == 0, "the store that is mutated"
        found[STORE] = store.read_bytes()
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Data with something in it changed, in one to three places."""
    for _ in range(chance.choice([1, 1, 2, 3])):
        data = chance.choice([_byte, _cut, _line, _token, _token, _token])(data, chance)
    return data


def _byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice([1, 1, 4])) + data[at + chance.choice([0, 1, 4]) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(200) :]


def _line(data: bytes, chance: random.Random) -> bytes:
    """A line that stands elsewhere, or is there once more."""
    lines = data.split(b"\n")
    line = chance.choice(lines)
    if chance.random() < 0.5:
        lines.remove(line)
    lines.insert(chance.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def _token(data: bytes, chance: random.Random) -> bytes:
    """Another word in the place of one: an odd one, or one that stands elsewhere in the data."""
    found = list(TOKEN.finditer(data))
    if not found:
        return data
    old = chance.choice(found)
    new = chance.choice(found)[0] if chance.random() < 0.6 else chance.choice(ODD).encode()
    return data[: old.start()] + new + data[old.end() :]


def trial(seed: int, number: int) -> Trial:
    """Trial `number` of a seed."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 -- no secret
    words = [_word(word, chance) for word in chance.choice(command_lines())]
    if chance.random() < 0.5:
        words = _with_option(words, chance)
    if chance.random() < 0.15 and len(words) > 1:
        words[chance.randrange(1, len(words))] = chance.choice((*ODD, *values()))
    words = [word.replace("\x00", "") for word in words]  # which no system lets a program be given
    files = dict(originals())
    named = [name for name in files if any(_is_named(name, word) for word in words)] or ["plain.toml"]
    for name in sorted({*chance.sample(named, chance.randint(0, len(named))), chance.choice(named)}):
        files[name] = mutated(files[name], chance)
    return Trial(() if chance.random() < 0.1 else tuple(words), files)


def _is_named(name: str, word: str) -> bool:
    return name in word or Path(name).parent.name == word


def _word(word: str, chance: random.Random) -> str:
    """A word of a command line; a case of the documentation may be an example, or one in a store."""
    if word not in ("openai-2023", "apple-1985", "my-log.toml", "plain.toml"):
        return word
    if chance.random() < 0.2:
        return f"sqlite:{STORE}"
    if word in ("openai-2023", "apple-1985"):
        return chance.choice([word, f"{word}/log.toml"])
    return "plain.toml"


def _with_option(words: Sequence[str], chance: random.Random) -> list[str]:
    """A command line with one more option, or with the value of one changed."""
    known = options()[words[0]]
    option, is_flag = chance.choice(known)
    value = chance.choice((*ODD, *values()))
    return [*words, option] if is_flag else [*words, option, value]


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """End what runs longer.

    Raises:
        Late: it did.
    """

    def late(*_: object) -> None:
        raise Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def call(words: Sequence[str]) -> tuple[int, str, str]:
    """Run a command in this process: its exit status, and what it printed."""
    out, err, code = StringIO(), StringIO(), 0
    stdin = sys.stdin
    sys.stdin = TextIOWrapper(BytesIO())
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main(words)
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1 if stopped.code else 0
    finally:
        sys.stdin = stdin
    return code, out.getvalue(), err.getvalue()


def fault_of_command(words: Sequence[str]) -> str | None:
    """What is wrong with how a command ended; None where nothing is."""
    code, out, err = call(words)
    if code not in (0, 1, 2):
        return f"exit status {code}"
    if "Traceback" in err or "Traceback" in out:
        return f"a traceback is printed:\n{err}"
    if code == 2 and not err:
        return "wrong usage, and no message"
    return f"exit status {code}, and not a word" if code and not out + err else None


def fault_of_library(files: Mapping[str, bytes]) -> str | None:
    """What is wrong with what the library makes of mutated logs; None where nothing is."""
    for name, data in files.items():
        if not name.endswith((".toml", ".jsonl")):
            continue
        try:
            loaded = boardsim.loads(data.decode("utf-8", "replace"), name)
            history = boardsim.replay(loaded.log)
        except BoardsimError:
            continue
        if any(problem.severity == "error" for problem in loaded.problems) or not history.events:
            continue
        again = boardsim.loads(toml_writer.write(loaded.log), "log.toml").log
        if (now := seal.seal(again).receipt) != (was := seal.seal(loaded.log).receipt):
            return f"{name} has the receipt {was}, and {now} once it was written anew"
    return None


def fault(found: Trial) -> str | None:
    """What is wrong with how a trial ended, in the folder that the program is in; None where nothing is."""
    try:
        with limited(LIMIT):
            return fault_of_command(found.words) if found.words else fault_of_library(found.changed)
    except Late:
        return f"more than {LIMIT} seconds:\n{traceback.format_exc()}"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return traceback.format_exc()


@contextmanager
def laid_out() -> Iterator[Path]:
    """A folder with all files, in which the program is meanwhile."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(originals(), folder)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def signatures(folder: Path) -> Mapping[str, tuple[int, int, int]]:
    """By the name of each file, what is another when it was written to."""
    found = {path: path.lstat() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
    return {str(path.relative_to(folder)): (is_.st_ino, is_.st_size, is_.st_mtime_ns) for path, is_ in found.items()}


def restore(folder: Path, was: Mapping[str, tuple[int, int, int]]) -> None:
    """Have a folder as it was laid out, whatever a trial has done to it."""
    os.chdir(folder)
    now = signatures(folder)
    for name in now.keys() - originals().keys():
        (folder / name).unlink()
    kept = {folder / parent for name in originals() for parent in Path(name).parents}
    for path in [path for path in folder.rglob("*") if path.is_dir() and path not in kept]:
        shutil.rmtree(path, ignore_errors=True)
    write({name: data for name, data in originals().items() if now.get(name) != was[name]}, folder)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def keep(finding: Finding, folder: Path) -> None:
    """Keep what reproduces a finding: the files, the command line, and what went wrong."""
    shutil.rmtree(folder, ignore_errors=True)
    write(finding.trial.files if finding.trial.words else finding.trial.changed, folder)
    words = shlex.join(("boardsim", *finding.trial.words)) if finding.trial.words else "the library"
    (folder / "FINDING.txt").write_text(f"{words}\n\n{finding.what}\n", encoding="utf-8", errors="replace")


def search(seed: int, numbers: Iterator[int], goes_on: Callable[[], bool]) -> Iterator[Finding | None]:
    """Run trials for as long as it goes on, and say of each what was found."""
    with laid_out() as folder:
        for number in numbers:
            if not goes_on():
                return
            was, found = signatures(folder), trial(seed, number)
            write(found.changed, folder)
            what = fault(found)
            restore(folder, {**was, **dict.fromkeys(found.changed, (0, 0, 0))})
            yield None if what is None else Finding(number, found, what)


def run() -> int:
    """Search as the command line asks; the exit status is 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on")
    parser.add_argument("--seed", type=int, default=1, help="which trials to run")
    parser.add_argument("--only", type=int, metavar="N", help="run trial N alone")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), help="where findings are kept")
    asked = parser.parse_args()
    keeping, end = asked.keep.absolute(), time.monotonic() + asked.seconds
    numbers = iter(range(sys.maxsize)) if asked.only is None else iter([asked.only])
    count = bad = 0
    for finding in search(asked.seed, numbers, lambda: asked.only is not None or time.monotonic() < end):
        count += 1
        if finding is not None:
            bad += 1
            folder = keeping / f"{asked.seed}-{finding.number}"
            keep(finding, folder)
            last = finding.what.strip().splitlines()[-1][:200]
            print(f"trial {finding.number}: {last!a}; kept in {folder}")  # noqa: T201 -- a program
    print(f"{count} trials of seed {asked.seed}, {bad} with a finding")  # noqa: T201 -- likewise
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(run())
