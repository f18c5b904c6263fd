"""Logs and scenarios as tests of pytest: every one of their files is collected, and what is tested in it an item."""

import re
from collections.abc import Callable, Generator, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from boardsim.loading.collections import ENDINGS
from boardsim.problems import BoardsimError
from boardsim.testing.kept import KEPT
from boardsim.testing.parts import Part, parts, shown_path
from boardsim.views.text.problems import problem_text

_BEGINNING = re.compile(
    rb'^\s*\[(log|scenario)\]|^\s*\[\[change\]\]|^\s*\{[^\n]*"type"\s*:\s*"(log|scenario|change)"', re.MULTILINE
)
"""What a log or a scenario has, in either form, and no other file of such an ending."""


@frozen
class Collector:
    """Finds the files.

    Attributes:
        profile: against which they are checked; those that a log names where it is not said.
    """

    profile: str | None

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> "CaseFile | None":
        """A log, or a scenario."""
        if file_path.suffix not in ENDINGS or not _BEGINNING.search(file_path.read_bytes()):
            return None
        case: CaseFile = CaseFile.from_parent(parent, path=file_path, profile=self.profile)
        return case

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        """Keep the logs with which a test fails, which Hypothesis found."""
        token = KEPT.set([])
        try:
            return (yield)
        finally:
            KEPT.reset(token)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Show them by themselves, so that they can be pasted into a file."""
        report = yield
        if report.failed:
            report.sections += [("counterexample, as TOML", text) for text in KEPT.get() or ()]
        return report


class CaseFile(pytest.File):
    """The file of a log or of a scenario."""

    def __init__(self, *, profile: str | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.profile = profile

    def collect(self) -> "Iterator[CaseItem]":
        """What is tested in it; one test that fails where it cannot be read at all."""
        here = self.config.invocation_params.dir
        try:
            found = parts(shown_path(self.path, here), self.profile)
        except BoardsimError as error:
            texts = [problem_text(problem) for problem in error.problems]
            found = [Part("record", None, lambda: texts)]
        for part in found:
            own = part.place is not None and Path(here, part.place.file) == self.path
            line = part.place.line - 1 if part.place and own else None
            yield CaseItem.from_parent(self, name=part.name, look=part.look, line=line)


class Broken(Exception):  # noqa: N818 -- it is what a test finds, and nobody else sees it
    """What is wrong is said by its message."""


class CaseItem(pytest.Item):
    """One thing that is tested in a file."""

    def __init__(self, *, look: Callable[[], list[str]], line: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.look, self.line = look, line

    def runtest(self) -> None:
        """See that nothing is wrong.

        Raises:
            Broken: something is.
        """
        try:
            texts = self.look()
        except BoardsimError as error:
            texts = [problem_text(problem) for problem in error.problems]
        if texts:
            raise Broken("\n".join(texts))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any) -> Any:
        """What is wrong, as boardsim says it; of a mistake in boardsim itself, where it was made."""
        return str(excinfo.value) if isinstance(excinfo.value, Broken) else super().repr_failure(excinfo, *args)

    def reportinfo(self) -> tuple[PathLike[str] | str, int | None, str]:
        """The file, the line from 0, and what is tested there."""
        return self.path, self.line, self.name
