"""Where the worlds of an ensemble are replayed: here, in several processes, or on a Dask cluster."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

from boardsim.cli.ended import ended_in_order
from boardsim.library.processes import lost, processes
from boardsim.problems import BoardsimError, misuse

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"inproc://\S+|([a-z]+://)?([^/\s:]+|\[[0-9a-f:.]+\]):\d{1,5}")
"""A scheduler listens at a port of a host, or within this process."""

PATIENCE = 5
"""Seconds to wait for a cluster to answer."""


@frozen
class Workers:
    """Who replays.

    Attributes:
        executor: None for this process alone.
        watch: raises once nobody is left who could answer.
    """

    executor: Executor | None
    watch: Callable[[], None]


def _nothing() -> None:
    """There is nobody to watch."""


@contextmanager
def workers(jobs: int, dask: str | None) -> Iterator[Workers]:
    """Those that the reader asked for; they are let go at the end.

    Raises:
        BoardsimError: there is no such cluster, or workers died before they had answered.
    """
    if dask is not None:
        with _cluster(dask) as found:
            yield found
    else:
        with ended_in_order(), processes(jobs) as pool:
            yield Workers(pool, _nothing)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    with _client(address) as client:
        try:
            _watch(client)
            yield Workers(client.get_executor(pure=False), lambda: _watch(client))
        except BoardsimError:
            raise
        except CancelledError:
            raise lost(f"the cluster at {address} went away") from None
        except Exception as error:  # noqa: BLE001 -- whatever is raised on other machines comes back as what it was there
            raise lost(f"the cluster at {address} failed: {type(error).__name__}: {str(error)[:200]}") from None


@contextmanager
def _client(address: str) -> Iterator["Client"]:
    """A client of the cluster, which answers."""
    import logging

    if not _ADDRESS.fullmatch(address):
        raise misuse("no-cluster", f"'{address}' is not the address of a cluster", "write tcp://host:8786")
    try:
        from distributed import Client
    except ImportError:
        hint = "install it: pip install 'boardsim[dask]'"
        raise misuse("missing-extra", "--dask needs Dask's distributed, which is not here", hint) from None
    logging.disable(logging.CRITICAL)  # it tells of lost connections in its own words, with tracebacks
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        logging.disable(logging.NOTSET)
        hint = "start one: dask scheduler; dask worker ADDRESS"
        raise misuse("no-cluster", f"no cluster answers at '{address}': {error}", hint) from None
    try:
        yield client
    finally:
        client.close(timeout=1)
        logging.disable(logging.NOTSET)


def _watch(client: "Client") -> None:
    """See that the cluster is there, and that somebody works in it."""
    address = client.scheduler.address if client.scheduler else "nowhere"
    if client.status != "running":
        raise lost(f"the cluster at {address} went away")
    if not client.nthreads():
        raise lost(f"the cluster at {address} has no workers")
