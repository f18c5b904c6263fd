"""A sample of mutants: change one place at a time, and see whether a test notices.

    python -m tests.mutants --sample 400 --seed 1 kernel

This runs the tests once, to see which lines each of them runs.  Then it draws some of all changes that could be made
(see `tests/mutation/sites.py`), makes them one by one in copies of the sources, and runs the tests that run the changed
lines, the quickest first, until one fails.  `tests/mutation/areas.py` says which modules and tests go together, and
`tests/mutation/equivalent.toml` which mutants nobody can see, so that no test has to notice them.
"""

import argparse
import math
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from queue import SimpleQueue

from attrs import evolve

from tests.mutation.areas import AREAS, Area
from tests.mutation.equivalent import Entry, Key, draft, key_of, register, unmatched
from tests.mutation.sites import Mutant, modules, mutants
from tests.mutation.trees import Measured, Tree, Verdict, Warm, first_tree, judge, measure

ROOT = Path(__file__).parent.parent


def sample(every: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """Some of the mutants, or all if there are no more, as they are drawn: the same for the same seed.

    The first of them are a sample, too, if there is no time for all.
    """
    return random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311 -- no secret


def verdicts(
    first: Tree, drawn: Sequence[Mutant], tests: Sequence[str], measured: Measured, jobs: int
) -> Iterator[tuple[Mutant, Verdict]]:
    """What becomes of each mutant, in order; every job has a tree and a warm process of its own."""
    free: SimpleQueue[tuple[Tree, Warm]] = SimpleQueue()
    with ExitStack() as opened:
        for number in range(jobs):
            tree = first.copy(first.root.with_name(f"tree-{number + 1}"))
            free.put((tree, opened.enter_context(closing(Warm(tree, tests)))))

        def work(mutant: Mutant) -> Verdict:
            tree, warm = free.get()
            try:
                return judge(tree, warm, mutant, measured)
            finally:
                free.put((tree, warm))

        with ThreadPoolExecutor(jobs) as pool:
            try:
                yield from zip(drawn, pool.map(work, drawn), strict=True)
            finally:  # whoever has seen enough does not wait for the others
                pool.shutdown(cancel_futures=True)


Found = Sequence[tuple[Mutant, Verdict]]
"""Mutants, and what became of each."""


def report(found: Found, every: Sequence[Mutant], entries: Mapping[Key, Entry]) -> Iterator[str]:
    """What came out: all together, by folder, the names of those that no test noticed, and which entries are stale."""
    folders = sorted({mutant.path.parent for mutant, _ in found})
    yield f"{len(found)} of {len(every)} mutants: {_counted([verdict for _, verdict in found])}"
    for folder in folders:
        yield f"  {folder}: {_counted([verdict for mutant, verdict in found if mutant.path.parent == folder])}"
    for wanted in ("timeout", "survived"):
        those = [mutant for mutant, verdict in found if verdict == wanted]
        names = [mutant.name for mutant in sorted(those, key=lambda one: (one.path, one.span, one.new))]
        yield from [f"\n{wanted}:", *names] if names else []
    stale = [*_stale(found, every, entries)]
    yield from ["\nstale entries of the register, to be judged anew:", *stale] if stale else []


def _stale(found: Found, every: Sequence[Mutant], entries: Mapping[Key, Entry]) -> Iterator[str]:
    for entry, number in unmatched(entries.values(), every):
        yield f"{entry} (stands in {number} places, and not in {entry.times})"
    noticed = dict.fromkeys(key_of(mutant) for mutant, verdict in found if verdict in ("killed", "timeout"))
    yield from (f"{entries[key]} (a test notices it)" for key in noticed if key in entries)


def _counted(found: Sequence[Verdict]) -> str:
    """How many of each; the score is how many were noticed of those that can be, as they are not equivalent."""
    count = Counter(found)
    noticed = count["killed"] + count["timeout"]
    can_be = len(found) - count["equivalent"]
    shares = f" ({noticed / len(found):.1%} noticed" if found else ""
    shares += f", score {noticed / can_be:.1%})" if can_be else ")" if found else ""
    said = (f"{count['killed']} killed", f"{count['survived']} survived", f"{count['equivalent']} equivalent")
    return f"{', '.join(said)}, {count['timeout']} timeouts{shares}"


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Read the command line, and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Measure a sample of mutants.")
    parser.add_argument(
        "parts", nargs="+", metavar="AREA|PATH", help=f"{', '.join(AREAS)}; or modules and their folders"
    )
    parser.add_argument("--sample", type=int, default=400, metavar="N", help="how many are drawn")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="by which they are drawn")
    parser.add_argument("--minutes", type=float, default=math.inf, metavar="N", help="after so many no more are tried")
    parser.add_argument("--seconds", type=float, default=math.inf, metavar="N", help="of its tests, the first so long")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many run at once")
    parser.add_argument("--tests", action="append", metavar="PATTERN", help="the tests to run; those of the areas")
    parser.add_argument("--entries", type=Path, metavar="FILE", help="write what survived there, for the register")
    parser.add_argument("--list", action="store_true", help="name those that are drawn, and run nothing")
    options = parser.parse_args(arguments)
    areas = [AREAS.get(part, Area((part,), ())) for part in options.parts]
    parts = [part for area in areas for part in area.parts]
    patterns = options.tests or [pattern for area in areas for pattern in area.tests]
    tests = sorted({str(path.relative_to(root)) for pattern in patterns for path in root.glob(pattern)})
    every = [mutant for path in modules(root, parts) for mutant in mutants(path, root)]
    drawn = sample(every, options.sample, options.seed)
    if options.list:
        _say(*(mutant.name for mutant in drawn))
        return 0
    if not tests:
        parser.error("no tests: name them with --tests")
    entries = register(root)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        first = first_tree(root, Path(folder) / "tree")
        measured = evolve(measure(first, tests, parts), most=options.seconds)
        _say(f"{len(measured.seconds)} tests measured; {len(every)} mutants, of which {len(drawn)} are tried")
        tried = _judged(verdicts(first, drawn, tests, measured, options.jobs), entries)
        found = list(_told(tried, options.minutes * 60))
    _say("", *report(found, every, entries))
    if options.entries:
        options.entries.write_text(draft(mutant for mutant, verdict in found if verdict == "survived"), "utf-8")
    return 0


def _judged(found: Iterator[tuple[Mutant, Verdict]], entries: Mapping[Key, Entry]) -> Iterator[tuple[Mutant, Verdict]]:
    for mutant, verdict in found:
        yield mutant, "equivalent" if verdict == "survived" and key_of(mutant) in entries else verdict


def _told(found: Iterator[tuple[Mutant, Verdict]], seconds: float) -> Iterator[tuple[Mutant, Verdict]]:
    start = time.monotonic()
    for number, (mutant, verdict) in enumerate(found, 1):
        took = time.monotonic() - start
        _say(f"{number} {took:.0f}s {verdict}: {mutant.name}")
        yield mutant, verdict
        if took > seconds:
            _say(f"no more are tried after {took:.0f}s")
            return


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
