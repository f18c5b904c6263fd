"""`boardsim serve`: the page, live, while its log is being edited."""

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Annotated

import typer
from attrs import define, evolve, field

from boardsim.cli import options, output, pages
from boardsim.loading.cases import case_path, chosen
from boardsim.loading.text import source
from boardsim.problems import BoardsimError, misuse
from boardsim.recording.append import before
from boardsim.store.urls import is_store
from boardsim.views.page.render import render
from boardsim.views.page.server import HOST, Site, server_of

Port = Annotated[
    int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where it listens; 0 takes any port that is free.")
]


def serve(
    case: options.Case = None,
    scenario: pages.Scenarios = None,
    port: Port = 8765,
    org: options.OneOrg = None,
    window: pages.Windows = None,
    start: pages.Start = None,
    known: pages.AsKnown = None,
    only: pages.Only = None,
    no_drops: pages.NoDrops = False,
    title: pages.Title = None,
    as_sealed: options.AsSealed = None,
) -> None:
    """Serve the page of a case while it is being edited.

    On this computer alone, and read-only.  An edit of the log or of a scenario reloads the page; where it cannot be
    read, the last good page stays, with the problem on top.  Ctrl-C stops it.

    \b
    Example:
      boardsim serve openai-2023
      boardsim serve my-log.toml --port 9000
    """
    question = pages.PageQuestion(
        case=case,
        scenarios=scenario or [],
        org=org,
        windows=window or [],
        start=start,
        known=known,
        people=only or [],
        drops=not no_drops,
        title=title,
        as_sealed=as_sealed,
    )
    live = Live(question=question)
    live.page()  # what cannot be read at all is told here, and nothing is served
    if live.problem:
        raise live.problem
    try:
        server = server_of(Site(page=live.page, version=live.version, log=live.log), port)
    except OSError as error:
        hint = "choose another one with --port"
        raise misuse("port-taken", f"port {port} cannot be had: {error.strerror}", hint) from None
    output.remark(f"http://{HOST}:{server.server_address[1]}/  (Ctrl-C stops it)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        output.remark("stopped")
    finally:
        server.server_close()


BROKEN = frozenset(
    {"invalid-toml", "invalid-json", "impossible-date", "too-deep", "empty", "missing-header", "missing-include"}
)
"""Of what is wrong with a file while somebody types: that it is not written as logs are, or lacks a part."""


def _told(error: BoardsimError) -> str:
    """The problems, each with the name of its file and its line."""
    return "; ".join(
        f"{Path(one.place.file).name}, line {one.place.line}: {one.message}" if one.place else one.message
        for one in error.problems
    )


@define
class Live:
    """The page as its files are now; the last good one where they cannot be read.

    Attributes:
        problem: why they cannot.
    """

    question: pages.PageQuestion
    problem: BoardsimError | None = None
    _stamp: str = ""
    _good: str = ""
    _html: str = ""
    _combined: tuple[str, str] = ("", "")
    _document: object = None
    _log_path: str = ""
    _scenario_paths: Sequence[Path] = ()
    _parts: tuple[str, Sequence[Path]] = ("", ())
    _lock: Lock = field(factory=Lock)

    def page(self, combined: str = "") -> str:
        """The HTML, made anew if a file changed, or for another combination of outcomes of votes."""
        with self._lock:
            if (now := self._now()) != self._stamp:
                self._make(now)
            if not combined or self.problem:
                return self._html
            if self._combined[0] != combined:
                try:
                    document = pages.page_document(evolve(self.question, combined=combined))
                except BoardsimError:  # it was edited in this moment
                    return self._html
                self._combined = (combined, render(document, live=now))
            return self._combined[1]

    def version(self) -> str:
        """What the files are known by until the next edit."""
        return self._now()

    def log(self) -> str:
        """The log as it stands, also where a scenario is served that is based on it."""
        self.page()  # a scenario may be based on another log by now
        return source(self._log_path)[0]

    def _make(self, stamp: str) -> None:
        try:
            self._document, self.problem = self._read().document(), None
        except BoardsimError as error:
            self.problem = error
        self._stamp, self._combined = stamp, ("", "")
        if self._document is not None:
            banner = f"This is the last page that could be made: {_told(self.problem)}" if self.problem else ""
            self._html = render(self._document, live=stamp, banner=banner)  # type: ignore[arg-type]

    def _read(self) -> pages.Opened:
        """The case as its files are now.

        Raises:
            BoardsimError: they cannot be read; or not as well as before, where a page was made of them.
        """
        opened = pages.opened(self.question)
        self._log_path = opened.case.log_path or ""
        self._scenario_paths = [Path(path) for one in opened.scenarios for path in one.paths]
        broken = [problem for problem in opened.problems if problem.code in BROKEN]
        if broken and self._document is not None:
            raise BoardsimError(*broken)
        return opened

    def _now(self) -> str:
        """A hash of what the files say, or of why they cannot be read."""
        said = sha256()
        for file in self._watched():
            try:
                said.update(file.read_bytes())
            except OSError as error:
                said.update(str(error).encode())
        return said.hexdigest()[:16]

    def _watched(self) -> Sequence[Path]:
        """What was named, all that lies beside it as TOML, and what it stands on, wherever that lies.

        That is the scenarios on which it is based, and the log with what it includes.
        """
        paths = {*self._parts_of_log(), *self._scenario_paths}
        for name in (chosen(self.question.case)[0], *self.question.scenarios):
            with suppress(OSError, BoardsimError):  # whoever reads it is told
                path = Path(case_path(name))
                paths |= {path, *path.parent.glob("*.toml")}
        return sorted(paths)

    def _parts_of_log(self) -> Sequence[Path]:
        """The log at the bottom and what it includes, where it can be read; looked up again where its text differs."""
        if self._log_path in ("", "-") or is_store(self._log_path):
            return ()
        try:
            text, file = source(self._log_path)
            if text != self._parts[0]:
                included = (Path(file).parent / name for name in before(text, file).includes)
                self._parts = (text, (Path(file), *included))
        except BoardsimError:
            return ()
        return self._parts[1]
