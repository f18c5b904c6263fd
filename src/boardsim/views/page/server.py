"""The page, live: a small server for whoever edits a log and looks at its page beside.

It answers this computer alone, and only to a name of it, so that no other page can ask it for anything; it knows three
addresses, and none of them leads to a file that is named in a request.
"""

from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from attrs import frozen

from boardsim.problems import BoardsimError

HOST = "127.0.0.1"
NAMES = frozenset({"127.0.0.1", "localhost"})
"""What a browser of this computer may call it."""

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@frozen
class Site:
    """What is served; each function is called anew for every request.

    Attributes:
        page: the HTML of the page as it is now, with a combination of outcomes of votes besides; an empty one is none.
        version: what it is known by until the next edit.
        log: the log itself.
    """

    page: Callable[[str], str]
    version: Callable[[], str]
    log: Callable[[], str]


def server_of(site: Site, port: int) -> ThreadingHTTPServer:
    """A server that waits for requests once it is told to; port 0 takes any that is free.

    Raises:
        OSError: the port is taken.
    """
    answers: dict[str, tuple[str, Callable[[str], str]]] = {
        "/": ("text/html; charset=utf-8", lambda query: site.page(parse_qs(query).get("world", [""])[0])),
        "/version": ("text/plain; charset=utf-8", lambda _: site.version()),
        "/log": ("text/plain; charset=utf-8", lambda _: site.log()),
    }

    class Handler(BaseHTTPRequestHandler):
        """Reads, and never writes."""

        server_version, sys_version = "boardsim", ""

        def do_GET(self) -> None:
            self._answer(has_body=True)

        def do_HEAD(self) -> None:
            self._answer(has_body=False)

        def _answer(self, *, has_body: bool) -> None:
            if not is_own(self.headers.get("Host", "")):
                self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"this is not the name of this server\n")
                return
            path, _, query = self.path.partition("?")
            found = answers.get(path)
            if found is None:
                self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"there is nothing here\n")
                return
            kind, make = found
            try:
                body = make(query).encode()
            except BoardsimError as error:  # the log cannot be read in this moment
                self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", f"{error}\n".encode())
                return
            self._send(HTTPStatus.OK, kind, body, has_body=has_body)

        def _send(self, status: HTTPStatus, kind: str, body: bytes, *, has_body: bool = True) -> None:
            self.send_response(status)
            for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            if self.path == "/log" and status is HTTPStatus.OK:
                self.send_header("Content-Disposition", 'attachment; filename="log.toml"')
            self.end_headers()
            if has_body:
                self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing: whoever looks knows."""

    made = ThreadingHTTPServer((HOST, port), Handler)
    made.daemon_threads = True
    return made


def is_own(host: str) -> bool:
    """Whether a request was meant for this computer, by the name that it used."""
    return host.rpartition(":")[0] in NAMES or host in NAMES
