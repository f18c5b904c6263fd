"""The `boardsim` command and `python -m boardsim`: nothing is loaded before an interrupt is quiet."""

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
    finally:
        gc.freeze()  # what is there at the end goes with the process: it would be searched three times more


if __name__ == "__main__":
    run()
