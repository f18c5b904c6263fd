"""Receipts in words."""

from boardsim.sealing.seal import Seal


def counts(seal: Seal) -> str:
    """How much was sealed."""
    return f"{_many(seal.events, 'event')} in {blocks(len(seal.blocks))}"


def blocks(number: int) -> str:
    """A number of blocks in words."""
    return _many(number, "block")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
