"""`python -m benchmarks [SECTION]...`: every figure with its goal, and whether it was met or missed.

A section is a file in this folder that has a `TITLE` and `figures(plan)`: to add one, add the file.
"""

import argparse
import importlib
import os
import pkgutil
import platform
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import benchmarks
from benchmarks import document, plan, report

HELPERS = ("__main__", "boards", "child", "cores", "document", "floor", "peers", "plan", "report", "timing")
"""The files that are no section."""


def sections() -> list[str]:
    """The names of all sections."""
    return [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in HELPERS]


def run(names: Iterable[str], extent: plan.Plan) -> Iterator[report.Figure]:
    """Measure and print line by line; yields what was measured."""
    for name in names:
        yield from _measured(name, extent)


def _measured(name: str, extent: plan.Plan) -> Iterator[report.Figure]:
    section: Any = importlib.import_module(f"benchmarks.{name}")
    for line in report.head(section.TITLE):
        print(line)
    for figure in section.figures(extent):
        print(report.row(figure), flush=True)
        yield figure


def table(name: str, figures: Iterable[report.Figure], how: str) -> document.Table:
    """What was measured of a section, as a page has it."""
    title = importlib.import_module(f"benchmarks.{name}").TITLE
    return document.Table(name, title, how, tuple(figure.cells for figure in figures))


def machine() -> str:
    """With what is measured, and how much else is at work there."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return f"{python}, {os.cpu_count()} processors{load}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Every figure with its goal.")
    parser.add_argument("section", nargs="*", help=f"only these: {', '.join(sections())}")
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: does it work at all?")
    parser.add_argument(
        "--write", type=Path, metavar="PAGE", help="write the tables into a page, such as docs/benchmarks.md"
    )
    parser.add_argument("--largest", type=int, default=1_000_000, metavar="N", help="leave out logs of more events")
    options = parser.parse_args(arguments)
    if unknown := set(options.section) - set(sections()):
        parser.error(f"no section is called {', '.join(sorted(unknown))}")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(arguments)
    extent = (plan.QUICK if options.quick else plan.Plan()).up_to(options.largest)
    print(f"boardsim on {machine()}")
    print("Processor time, the shortest of several runs; compared programs run by turns, each with its own garbage.")
    print("Times are per event, per read or per process. Trust the ratios; the times are this machine's.")
    if extent.eventsourcing is None:
        print("\neventsourcing is not installed, so nothing is compared with it: pip install 'boardsim[bench]'")
    found: list[report.Figure] = []
    for name in options.section or sections():
        how = f"{machine()}{', --quick' if options.quick else ''}."
        figures = list(_measured(name, extent))
        found += figures
        if options.write is not None:
            page = options.write.read_text(encoding="utf-8") if options.write.exists() else ""
            options.write.write_text(document.written(page, [table(name, figures, how)]), encoding="utf-8")
    print("\n".join(report.verdict(found)))


if __name__ == "__main__":
    main()
