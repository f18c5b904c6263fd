"""Version 2 of receipts rests on no zone data and binds names to hashes; version 1 is read as ever, and says so."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest
from attrs import evolve

from boardsim import loads
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.log import in_time_order
from boardsim.sealing import seal
from tests.conftest import Run
from tests.sealing.test_seal import CHECKER, FIVE, statement, verify_with

HEADS = runpy.run_path(str(CHECKER))["heads"]

DATED = """\
[log]
schema = 1
timezone = "Europe/London"

[[org]]
id = "helios"
name = "Helios Ltd"
complete_from = 2020-07-01

[[org]]
id = "helios"
complete_from = 2020-08-01

[[person]]
id = "ada-moreno"
name = "Ada Moreno"

[[event]]
type = "appoint"
person = "ada-moreno"
org = "helios"
role = "director"
at = 2021-07-01
known = 2021-07-01
until = 2030-06-30
filed = 2021-07-01T23:00:00Z

[[event]]
type = "vote"
org = "helios"
motion = "To meet on Mondays"
for = ["ada-moreno"]
at = 2021-07-03T23:00:00+01:00
not_before = 2021-07-02T23:00:00Z
not_after = 2021-07-04
notice = 2021-06-01

[[event]]
type = "statement"
text = "By now we know."
known = 2022-07-01

[[event]]
type = "statement"
text = "In spring."
at = "2022-05"
not_before = 2022-05-01
known = 2023-06-30T15:00:00Z

[[event]]
type = "resign"
person = "ada-moreno"
org = "helios"
role = "director"
status = "announced"
at = 2023-07-01T00:00:00+01:00
due = 2023-08-01

[[assert]]
at = 2021-07-05
known = 2023-08-01T22:59:59.999999Z
org = "helios"
director = "ada-moreno"

[[waive]]
at = 2021-06-30T23:00:00Z
from = 2021-07-01
until = 2022-06-30T23:00:00Z
check = "board_min"
org = "helios"
by = "members"
reason = "The company is small."
"""
"""Every time that a log can have, as a date and as an instant at which a day of London begins, and one of Tokyo."""


TOLD = """
import json, runpy, sys
from pathlib import Path
from boardsim import loads
from boardsim.sealing import seal

text = Path(sys.argv[1]).read_text("utf-8")
loaded = loads(text, sys.argv[1])
assert not [problem for problem in loaded.problems if problem.severity == "error"]
seals = {version: seal.seal(loaded.log, version) for version in seal.VERSIONS}
heads = list(runpy.run_path(sys.argv[2])["heads"](text))
print(json.dumps([seals[2].receipt, heads, [block.hash.hex() for block in seals[1].blocks]]))
"""


def told(log: Path, zones: str) -> tuple[str, list[str], list[str]]:
    """The receipt of version 2, its heads without boardsim, and the hashes of version 1, as one sees them elsewhere."""
    command = [sys.executable, "-c", TOLD, str(log), str(CHECKER)]
    environment = {**os.environ, "PYTHONTZPATH": zones}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    receipt, heads, hashes = json.loads(done.stdout)
    return receipt, heads, hashes


@pytest.mark.parametrize("name", ["log.toml", "log.jsonl"])
def test_version_2_rests_on_no_zone_data(tmp_path: Path, name: str) -> None:
    """Where the clocks of London are said to be those of Tokyo, the receipt is the same; version 1 has another one."""
    usual = [Path(place) / "Asia" / "Tokyo" for place in zoneinfo.TZPATH]
    (tmp_path / "Europe").mkdir()
    shutil.copy(next(path for path in usual if path.exists()), tmp_path / "Europe" / "London")
    log, places = tmp_path / name, os.pathsep.join(zoneinfo.TZPATH)
    log.write_text(DATED if name == "log.toml" else jsonl.write(as_stated(loads(DATED, "log.toml").log)))
    was, now = told(log, places), told(log, f"{tmp_path}{os.pathsep}{places}")

    assert was[0] == now[0] == f"2:{len(was[1]) - 1}:{was[1][-1]}"
    assert was[1] == now[1]
    assert sum(old != new for old, new in zip(was[2], now[2], strict=True)) > 5


@pytest.mark.parametrize("version", seal.VERSIONS)
def test_every_time_is_checked_without_boardsim(version: seal.Version) -> None:
    """The program without boardsim computes both versions of every time that a log can have, in both forms."""
    log = loads(DATED, "log.toml").log
    heads = [head.hex() for head in seal.seal(log, version).heads]

    assert list(HEADS(DATED, version)) == heads
    assert list(HEADS(jsonl.write(as_stated(log)), version)) == heads


def test_the_form_keeps_what_was_written() -> None:
    """A log that is written out anew, in either form, has the times that it had, and so its receipt."""
    log = loads(DATED, "log.toml").log
    for text, name in ((toml.write(log), "log.toml"), (jsonl.write(as_stated(log)), "log.jsonl")):
        again = loads(text, name).log
        assert list(as_stated(again)) == list(as_stated(log))
        assert seal.seal(again) == seal.seal(log)


def test_a_date_is_not_the_instant_of_its_midnight() -> None:
    """Which of them was written makes a difference in version 2, and made none before."""
    day = loads(FIVE, "log.toml").log
    instant = loads(FIVE.replace("at = 2022-01-03", "at = 2022-01-03\nknown = 2022-01-03T00:00:00Z"), "log.toml").log

    assert seal.seal(day, 1).receipt == seal.seal(instant, 1).receipt
    assert seal.seal(day, 2).receipt != seal.seal(instant, 2).receipt


def test_what_a_program_changed_is_not_hidden_by_what_was_written() -> None:
    """An event that is no longer the one that was read has its own times, not those of the text."""
    log = loads(FIVE, "log.toml").log
    later = log.by_id["b"].at.replace(year=2023)
    events = [evolve(event, at=later, known=later) if event.id == "b" else event for event in log.events]
    changed = evolve(log, events=in_time_order(events), index=None)
    found = seal.difference(seal.seal(log), changed)

    assert found is not None
    assert (found.what, found.block.name) == ("changed", "b")


def test_version_1_says_what_it_rests_on(run: Run, tmp_path: Path) -> None:
    """A receipt and a seal of version 1 verify as ever, with a word on the zone data; a seal of today has none."""
    log = tmp_path / "log.toml"
    log.write_text(FIVE)
    old = seal.seal(loads(FIVE, "log.toml").log, 1)
    Path(f"{log}.seal").write_text(seal.document(old))
    by_receipt, by_file = run("verify", str(log), "--seal", old.receipt), run("verify", str(log))
    data = json.loads(run("verify", str(log), "--json").out)["compared"][0]
    sealed = run("seal", str(log))
    today = run("verify", str(log))

    assert (by_receipt.code, by_file.code, sealed.code, today.code) == (0, 0, 0, 0)
    says = "it is of version 1, and so rests on the zone data of this machine for Europe/London"
    assert says in by_receipt.err
    assert says in by_file.err
    assert (data["version"], data["rests_on"]) == (1, "the zone data of this machine for Europe/London")
    assert json.loads(Path(f"{log}.seal").read_text())["schema"] == "boardsim/seal/2"
    assert "version 1" not in today.err


@pytest.mark.parametrize("version", seal.VERSIONS)
@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("which", ["kind", "name"])
def test_a_name_that_is_not_the_blocks_own_is_noticed(
    run: Run, tmp_path: Path, version: seal.Version, number: int, which: str
) -> None:
    """Whichever block of a seal is called something else, the seal is damaged, be the log as it was or not."""
    log = tmp_path / "log.toml"
    log.write_text(FIVE)
    document = json.loads(seal.document(seal.seal(loads(FIVE, "log.toml").log, version)))
    block = document["blocks"][number]
    if which == "name":
        block[1] = "else"
    else:
        block[0] = "role" if block[0] == "event" else "event"
    document["events"] = sum(kind == "event" for kind, _, _ in document["blocks"])
    same = verify_with(run, log, json.dumps(document))
    log.write_text(FIVE.replace(statement("a"), "") + statement("a"))
    moved = verify_with(run, log, json.dumps(document))

    assert (same.code, moved.code) == (2, 2)
    assert "error[bad-seal]" in same.err
    assert "error[bad-seal]" in moved.err


def test_a_seal_made_up_to_agree_names_no_wrong_block(run: Run, tmp_path: Path) -> None:
    """Who also computes the head of version 2 anew has a seal that the log, and any receipt, contradict."""
    log = tmp_path / "log.toml"
    log.write_text(FIVE)
    true = seal.seal(loads(FIVE, "log.toml").log)
    blocks = [evolve(block, name="z") if block.name == "c" else block for block in true.blocks]
    forged = evolve(true, blocks=blocks)
    result = verify_with(run, log, seal.document(forged))

    assert forged.receipt != true.receipt
    assert result.code == 2
    assert "it calls block 8 event 'z', which is event 'c'" in result.err


def test_version_1_names_no_block_that_nothing_vouches_for(run: Run, tmp_path: Path) -> None:
    """A block that the log has no more is known by its number, whatever a seal of version 1 calls it."""
    log = tmp_path / "log.toml"
    old = seal.document(seal.seal(loads(FIVE, "log.toml").log, 1))
    log.write_text(FIVE.replace(statement("c"), ""))
    honest = verify_with(run, log, old)
    forged = verify_with(run, log, old.replace('"c"', '"d"', 1))

    assert (honest.code, forged.code) == (1, 1)
    assert "error[sealed-vanished]: block 8 of the seal was sealed, and is gone; 'd' stands there now" in honest.err
    assert honest.err == forged.err


def test_later_blocks_of_one_id_keep_their_names_apart(run: Run, tmp_path: Path) -> None:
    """A block whose number among those of its id is another one now is still the block that was sealed."""
    log = tmp_path / "log.toml"
    more = "".join(f'\n[[org]]\nid = "helios"\naliases = ["{name}"]\n' for name in "vwxyz")
    log.write_text(FIVE + more)
    assert run("seal", str(log)).code == 0
    first = '\n[[org]]\nid = "helios"\naliases = ["v"]\n'
    log.write_text(FIVE + more.replace(first, ""))
    result = run("verify", str(log))

    assert result.code == 1
    assert "error[sealed-changed]: the org 'helios (2)' is not what was sealed" in result.err


@pytest.mark.parametrize("version", seal.VERSIONS)
def test_the_program_without_boardsim_reads_a_seal(run: Run, tmp_path: Path, version: seal.Version) -> None:
    """It takes the file of a seal of either version, and refuses one whose parts do not agree."""
    from tests.sealing.test_receipts_agree import checked  # noqa: PLC0415 -- it imports this module's neighbour

    log, kept = tmp_path / "log.toml", tmp_path / "kept.seal"
    log.write_text(DATED)
    kept.write_text(seal.document(seal.seal(loads(DATED, "log.toml").log, version)))
    bad = tmp_path / "bad.seal"
    bad.write_text(kept.read_text().replace('"count": 11', '"count": 12'))

    assert (checked(log, str(kept)), run("verify", str(log), "--seal", str(kept)).code) == (0, 0)
    assert (checked(log, str(bad)), run("verify", str(log), "--seal", str(bad)).code) == (2, 2)
