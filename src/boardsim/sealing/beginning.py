"""The beginning of a log: its first blocks by their number, or those that a receipt or a seal is for."""

import os
from collections.abc import Callable
from functools import partial

from boardsim.formats.schema.hints import quantity
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.sealing import seal as seals
from boardsim.sealing.seal import Seal
from boardsim.sealing.verify import read_seal


def beginning(sealed: str) -> Callable[[Log], int]:
    """Finds how many blocks of a log somebody means: a number, a receipt, or the file of a seal.

    Raises:
        BoardsimError: it is none of these; what is returned raises one where the log does not begin so.
    """
    if sealed.isascii() and sealed.isdecimal() and len(sealed) < len("1000000000"):
        return partial(_by_number, int(sealed))
    noted = seals.receipt(sealed)
    if noted is not None:
        return partial(_by_seal, lambda log: seals.sealed_part(log, noted))
    if not os.path.lexists(sealed):
        hint = "boardsim seal prints a receipt: the number of blocks, a colon, and 64 digits"
        raise misuse("missing-seal", f"'{sealed}' is no number of blocks, no receipt and no file", hint)
    return partial(_by_seal, partial(_kept_part, sealed))


def _kept_part(path: str, log: Log) -> Seal | None:
    """What the seal in a file is for; None where the log does not begin with it."""
    kept = read_seal(path, log)
    return None if seals.difference(kept, log) else kept


def _by_number(count: int, log: Log) -> int:
    there = len(seals.seal(log).blocks)
    if 1 <= count <= there:
        return count
    hint = "its header is the first block"
    raise misuse("out-of-range", f"the log has {quantity(there, 'block')}, and so no first {count:,}", hint)


def _by_seal(part: Callable[[Log], Seal | None], log: Log) -> int:
    sealed = part(log)
    if sealed is not None:
        return len(sealed.blocks)
    message = "the log does not begin with what was sealed"
    hint = "boardsim verify says where they part"
    raise BoardsimError(Problem(code="not-as-sealed", message=message, hint=hint))
