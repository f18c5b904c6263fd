"""Receipts in words."""

from boardsim.formats.schema.hints import quantity
from boardsim.sealing.seal import Seal


def counts(seal: Seal) -> str:
    """How much was sealed."""
    return f"{quantity(seal.events, 'event')} in {quantity(len(seal.blocks), 'block')}"
