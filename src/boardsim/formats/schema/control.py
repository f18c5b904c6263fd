"""The characters that no text of a log may hold, and that no text is shown with."""

import re

CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"  # half a character, too
)
"""A character that can command a terminal, or change the order in which it shows text; not a tab or a line end."""
