"""The `boardsim` command, before anything of it is loaded: so an interrupt is quiet from the first moment on."""

import gc
import sys


def run() -> None:
    """Load the command line and run it in a process of its own."""
    try:
        gc.disable()
        from boardsim.cli import main  # noqa: PLC0415 -- this is what may be interrupted

        gc.freeze()  # what was loaded stays to the end: to search it for garbage took a tenth of a short command's time
        gc.enable()
        main()
    except KeyboardInterrupt:
        sys.exit(130)
