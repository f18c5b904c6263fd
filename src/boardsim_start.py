"""The `boardsim` command, before anything of it is loaded: so an interrupt is quiet from the first moment on."""

import gc
import sys


def run() -> None:
    """Load the command line and run it in a process of its own."""
    try:
        from boardsim.cli import main  # noqa: PLC0415 -- this is what may be interrupted

        gc.freeze()  # what is loaded by now stays to the end, so nobody needs to search it for garbage
        main()
    except KeyboardInterrupt:
        sys.exit(130)
