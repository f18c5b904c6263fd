"""`python -m benchmarks [--quick]`: every figure with its goal, and whether it was met."""

import argparse
import importlib
import importlib.util
import platform
from collections.abc import Iterable, Iterator
from types import ModuleType

from benchmarks import checks, report, sections, whatifs


def peers() -> ModuleType | None:
    """The same board in `eventsourcing`; None where that package is not installed."""
    if importlib.util.find_spec("eventsourcing") is None:
        return None
    return importlib.import_module("benchmarks.peers")


def _noted(part: Iterable[report.Figure], figures: list[report.Figure]) -> Iterator[report.Figure]:
    for figure in part:
        figures.append(figure)
        yield figure


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: does it work at all?")
    parser.add_argument("--largest", type=int, default=1_000_000, metavar="N", help="leave out logs of more events")
    options = parser.parse_args(arguments)
    plan = (sections.QUICK if options.quick else sections.Plan()).up_to(options.largest)
    other = peers()
    print(f"boardsim on Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print("Medians; compared programs run by turns; garbage is collected as Python does by default.")
    print("Times are per event, per read or per process. Trust the ratios; the times are this machine's.")
    if other is None:
        print("\neventsourcing is not installed, so nothing is compared with it: pip install 'boardsim[bench]'")
    parts: dict[str, Iterable[report.Figure]] = {
        "Replay: a board of ten seats": sections.replays(plan, other),
        "As-of read in the middle of a history": sections.as_of(plan, other),
        "Growth: payroll and length": sections.growth(plan),
        "Loading: beside bare parsing of the same text": sections.loading(plan),
        "Memory by event kept": sections.memory(plan),
        "What-ifs: beside a full replay": whatifs.figures(plan),
        "Governance checks: beside the fold alone": checks.figures(plan),
        "A whole process, beside a typer program that does nothing": sections.processes(plan),
    }
    figures: list[report.Figure] = []
    for title, part in parts.items():
        for line in report.table(title, _noted(part, figures)):  # measured line by line, and printed as it comes
            print(line, flush=True)
    print("\n".join(report.verdict(figures)))


if __name__ == "__main__":
    main()
