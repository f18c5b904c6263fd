"""boardsim and the program without boardsim give the same answer about any receipt of any log."""

import hashlib
import json
import runpy
import sys
from pathlib import Path
from unittest import mock

import pytest

from boardsim import loads
from boardsim.sealing import seal
from tests.conftest import Run
from tests.forked import LOG
from tests.sealing.test_seal import CHECKER

SEED, OLD_SEED = (hashlib.sha256(f"boardsim/seal/{version}".encode()).hexdigest() for version in (2, 1))
SEAL, OLD = (seal.seal(loads(LOG, "log.toml").log, version) for version in seal.VERSIONS)
COUNT, HEAD, OLD_HEAD = len(SEAL.blocks), SEAL.heads[-1].hex(), OLD.heads[-1].hex()
SECOND = SEAL.heads[2].hex()

RECEIPTS = {
    "of the whole": (f"2:{COUNT}:{HEAD}", 0),
    "of the beginning": (f"2:2:{SECOND}", 0),
    "a hash alone": (HEAD, 0),
    "an earlier hash alone": (SECOND, 0),
    "in capitals": (f"2:{COUNT}:{HEAD.upper()}", 0),
    "with blanks around": (f" 2:{COUNT}:{HEAD}\n", 0),
    "of another number": (f"2:{COUNT - 1}:{HEAD}", 1),
    "of more than there is": (f"2:{COUNT + 1}:{HEAD}", 1),
    "another hash": (f"2:{COUNT}:{SEED}", 1),
    "of version 1": (f"{COUNT}:{OLD_HEAD}", 0),
    "of version 1, of the beginning": (f"2:{OLD.heads[2].hex()}", 0),
    "a hash of version 1 alone": (OLD_HEAD, 0),
    "of version 1 said to be of version 2": (f"2:{COUNT}:{OLD_HEAD}", 1),
    "of version 2 said to be of version 1": (f"{COUNT}:{HEAD}", 1),
    "what every log begins with, alone": (SEED, 1),
    "what every log begins with in version 1, alone": (OLD_SEED, 1),
    "of nothing": (f"0:{SEED}", 2),
    "of nothing in version 2": (f"2:0:{SEED}", 2),
    "of nothing, written longer": (f"000:{SEED}", 2),
    "of less than nothing": (f"-1:{HEAD}", 2),
    "of a version that there is not": (f"3:{COUNT}:{HEAD}", 2),
    "of version 1, said aloud": (f"1:{COUNT}:{OLD_HEAD}", 2),
    "no number": (f":{HEAD}", 2),
    "no number, with a version": (f"2::{HEAD}", 2),
    "no hash": (f"2:{COUNT}:", 2),
    "too short": (f"2:{COUNT}:{HEAD[:-1]}", 2),
    "no digits": (f"2:{COUNT}:{'g' * 64}", 2),
    "other digits": (f"2:\u0661:{HEAD}", 2),
    "nothing": ("", 2),
}


@pytest.fixture(params=["", "\ufeff"], ids=["plain", "with a byte order mark"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A log, as some editors save it, too."""
    path = tmp_path / "log.toml"
    path.write_text(request.param + LOG, encoding="utf-8")
    return path


PROGRAM = runpy.run_path(str(CHECKER))


def checked(log: Path, receipt: str) -> int:
    """What the program without boardsim says, as an exit status, and no other exception."""
    with mock.patch.object(sys, "argv", [str(CHECKER), str(log), receipt]), pytest.raises(SystemExit) as stopped:
        PROGRAM["main"]()
    return int(stopped.value.code or 0)


@pytest.mark.parametrize("name", RECEIPTS)
def test_both_programs_give_the_same_answer(run: Run, log: Path, name: str) -> None:
    """Exit status 0 where the log begins with what was sealed, 1 where it does not, 2 where it is not a receipt."""
    receipt, code = RECEIPTS[name]

    assert (run("verify", str(log), "--seal", receipt).code, checked(log, receipt)) == (code, code)


def test_a_seal_of_nothing_is_no_seal(run: Run, log: Path) -> None:
    """A file that says that no block was sealed is damaged, as every log would begin with it."""
    nothing = {"schema": "boardsim/seal/2", "log": "helios", "events": 0, "count": 0, "head": SEED, "blocks": []}
    path = log.with_name("nothing.seal")
    path.write_text(json.dumps(nothing))
    result = run("verify", str(log), "--seal", str(path))

    assert result.code == 2
    assert "error[bad-seal]" in result.err
    assert "it seals nothing" in result.err


def test_a_case_in_a_store_is_sealed_by_any_path(run: Run, tmp_path: Path) -> None:
    """The seal of a case in a store lies beside its file, however the path to it is written."""
    log, store = tmp_path / "log.toml", f"sqlite:{tmp_path / 's.db'}"
    log.write_text(LOG)
    assert run("load", str(log), store).code == 0
    sealed = run("seal", f"{store}#helios")

    assert (sealed.code, (tmp_path / "s.db.helios.seal").is_file()) == (0, True)
    assert run("verify", f"{store}#helios").code == 0
