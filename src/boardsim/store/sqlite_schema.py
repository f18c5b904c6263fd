"""The tables of a store in SQLite, version by version.

A version is a step from the one before it; a new store takes all of them.  A step that has been released is never
edited: what changes is a step more.
"""

from collections.abc import Mapping

from boardsim.store.lean import BODY, HEAD, KNOWN, TAIL
from boardsim.store.places import FIRST_LAST
from boardsim.store.tenures_view import Dialect, events_fifth, fifth, fourth, third
from boardsim.store.versions import for_one_reader

APPLICATION = 0x626F6172
"""What SQLite keeps in the header of the file, so that programs know whose it is: `boar`."""

_NEVER = """\
CREATE TRIGGER blocks_never_change BEFORE UPDATE ON blocks
BEGIN SELECT RAISE(ABORT, 'a log is append-only: record a correction instead'); END;

CREATE TRIGGER blocks_never_go BEFORE DELETE ON blocks
BEGIN SELECT RAISE(ABORT, 'a log is append-only: record a retraction instead'); END;
"""

FIRST = f"""
CREATE TABLE blocks (
  case_id  TEXT NOT NULL,
  position INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  kind     TEXT NOT NULL,
  id       TEXT,
  type     TEXT,
  at       TEXT,
  known    TEXT,
  org      TEXT,
  person   TEXT,
  role     TEXT,
  target   TEXT,
  body     TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) WITHOUT ROWID;

CREATE UNIQUE INDEX blocks_by_id ON blocks (id, kind, case_id) WHERE id IS NOT NULL;
CREATE INDEX blocks_by_org ON blocks (case_id, org) WHERE org IS NOT NULL;
CREATE INDEX blocks_by_time ON blocks (case_id, at) WHERE at IS NOT NULL;
CREATE INDEX blocks_by_target ON blocks (case_id, target) WHERE target IS NOT NULL;

{_NEVER}
-- INSERT OR REPLACE would take rows out without asking the trigger above.
CREATE TRIGGER blocks_follow_one_another BEFORE INSERT ON blocks
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM blocks WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM blocks WHERE id = NEW.id AND kind = NEW.kind AND case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'a log is append-only: a block comes after the last one and has an id of its own'); END;

CREATE TABLE register (
  case_id TEXT NOT NULL,
  org     TEXT NOT NULL,
  role    TEXT NOT NULL,
  person  TEXT NOT NULL,
  since   TEXT NOT NULL,
  until   TEXT,
  opened  TEXT NOT NULL,
  closed  TEXT,
  ended   TEXT,
  PRIMARY KEY (case_id, org, role, opened)
) WITHOUT ROWID;

CREATE TABLE registered (case_id TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIEW cases AS
SELECT first.case_id,
       json_extract(first.body, '$.title') AS title,
       last.position + 1 AS blocks,
       lower(hex(last.hash)) AS head,
       last.position + 1 IS (SELECT count FROM registered AS r WHERE r.case_id = first.case_id) AS has_register
FROM blocks AS first
JOIN blocks AS last ON last.case_id = first.case_id
 AND last.position = (SELECT max(position) FROM blocks AS b WHERE b.case_id = first.case_id)
WHERE first.position = 0;

CREATE VIEW events AS
SELECT case_id, position, id, type, at, known, org, person, role, target,
       coalesce(json_extract(body, '$.status'), 'confirmed') AS status,
       body, lower(hex(hash)) AS hash
FROM blocks WHERE kind = 'event';

CREATE VIEW tenures AS
SELECT r.case_id, r.org, json_extract(o.body, '$.name') AS org_name, r.role,
       r.person, json_extract(p.body, '$.name') AS person_name,
       r.since, r.until, r.opened, r.closed, r.ended
FROM register AS r
JOIN registered AS made ON made.case_id = r.case_id
 AND made.count = (SELECT max(position) + 1 FROM blocks AS b WHERE b.case_id = r.case_id)
LEFT JOIN blocks AS o ON o.id = r.org AND o.kind = 'org' AND o.case_id = r.case_id
LEFT JOIN blocks AS p ON p.id = r.person AND p.kind = 'person' AND p.case_id = r.case_id;
"""  # noqa: S608 -- no word of it comes from a reader

SECOND = """
CREATE TABLE heads (
  case_id TEXT PRIMARY KEY,
  count   INTEGER NOT NULL,
  hash    BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE tallies (
  case_id TEXT NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  rows    INTEGER NOT NULL,
  PRIMARY KEY (case_id, name, value)
) WITHOUT ROWID;

CREATE INDEX tallies_of_declared ON tallies (value, case_id) WHERE name = 'declared';

INSERT INTO heads
SELECT case_id, position + 1, hash FROM blocks AS b
WHERE position = (SELECT max(position) FROM blocks AS other WHERE other.case_id = b.case_id);

INSERT INTO tallies
SELECT case_id, 'org', org, count(*) FROM blocks WHERE org IS NOT NULL GROUP BY case_id, org;
INSERT INTO tallies
SELECT case_id, 'target', target, count(*) FROM blocks WHERE target IS NOT NULL GROUP BY case_id, target;
INSERT INTO tallies
SELECT case_id, 'day', substr(at, 1, 10), count(*) FROM blocks WHERE at IS NOT NULL GROUP BY case_id, substr(at, 1, 10);
INSERT INTO tallies
SELECT case_id, 'declared', id, 1 FROM blocks WHERE kind = 'org' AND id IS NOT NULL;
"""
"""Where each case ends, and how many rows its indexes hold, so that a row that is missing is missed."""


def _field(block: str, key: str) -> str:
    """A field of a block, as this database reads it."""
    return f"json_extract({block}.body, '$.{key}')"


THIRD = f"""
DROP INDEX IF EXISTS blocks_by_id;
CREATE INDEX blocks_by_id ON blocks (id, kind, case_id) WHERE id IS NOT NULL;

DROP TRIGGER IF EXISTS blocks_follow_one_another;
CREATE TRIGGER blocks_follow_one_another BEFORE INSERT ON blocks
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM blocks WHERE case_id = NEW.case_id)
  OR NEW.kind NOT IN ('org', 'person')
    AND EXISTS (SELECT 1 FROM blocks WHERE id = NEW.id AND kind = NEW.kind AND case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'a log is append-only: a block comes after the last one and has an id of its own'); END;

CREATE TABLE texts (
  case_id         TEXT NOT NULL,
  position        INTEGER NOT NULL,
  at_text         TEXT,
  known_text      TEXT,
  not_before      TEXT,
  not_before_text TEXT,
  not_after       TEXT,
  not_after_text  TEXT,
  PRIMARY KEY (case_id, position)
) WITHOUT ROWID;

DROP VIEW tenures;
DROP VIEW events;

CREATE VIEW events AS
SELECT b.case_id, b.position, b.id, b.type, b.at, b.known, b.org, b.person, b.role, b.target,
       coalesce(json_extract(b.body, '$.status'), 'confirmed') AS status, b.body, lower(hex(b.hash)) AS hash,
       t.at_text, t.not_before, t.not_before_text, t.not_after, t.not_after_text, t.known_text
FROM blocks AS b
LEFT JOIN texts AS t ON t.case_id = b.case_id AND t.position = b.position
WHERE b.kind = 'event';

CREATE VIEW tenures AS
{third(_field)}"""  # noqa: S608 -- no word of it comes from a reader
"""Two things: an organization or a person can be declared in several blocks of one id, and has the last name that one
says; and the times of events stand as the log has them beside those in UTC, in columns that stand last.

Those are made beside the register, by `texts`, and of what was there before when the step is taken.
"""

FOURTH = f"""
DROP VIEW tenures;

CREATE VIEW tenures AS
{fourth(_field)}"""
"""How sure the record is of a tenure, and what stands of it where it was corrected."""

IN_ORDER = """
CREATE TRIGGER blocks_follow_one_another BEFORE INSERT ON blocks
WHEN NEW.position IS NOT (SELECT coalesce(max(position), -1) + 1 FROM blocks WHERE case_id = NEW.case_id)
  OR NEW.kind NOT IN ('org', 'person')
    AND EXISTS (SELECT 1 FROM blocks WHERE id = NEW.id AND kind = NEW.kind AND case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'a log is append-only: a block comes after the last one and has an id of its own'); END;
"""
"""What refuses a gap, a block in place of another, and an id that is taken, row by row, as the third version has it.

An append of many rows takes it out and puts it back within its own transaction, and asks once of all its rows what it
would have asked of each (`ALL_IN_ORDER`): nobody else ever sees the table without it, however the append ends.
"""

OUT_OF_ORDER = "DROP TRIGGER blocks_follow_one_another"

ALL_IN_ORDER = """
SELECT (SELECT count(*) FROM blocks WHERE case_id = :case AND position >= :first) = :count
   AND (SELECT max(position) FROM blocks WHERE case_id = :case) = :first + :count - 1
   AND NOT EXISTS (
     SELECT 1 FROM blocks AS new CROSS JOIN blocks AS other
     WHERE new.case_id = :case AND new.position >= :first AND new.kind NOT IN ('org', 'person')
       AND other.id = new.id AND other.kind = new.kind AND other.case_id = new.case_id
       AND other.position <> new.position)
"""
"""Whether the rows from a position on are so many, stand one after another, and have ids of their own."""

_SQLITE = Dialect(
    _field, lambda column: f"replace({column}, ' ', 'T') || '+00:00'", lambda column: f"datetime({column}, '+1 day')"
)

FIFTH = f"""
CREATE INDEX IF NOT EXISTS blocks_by_person ON blocks (case_id, person) WHERE person IS NOT NULL;
CREATE INDEX IF NOT EXISTS blocks_by_known ON blocks (case_id, known) WHERE known <> at;

CREATE TABLE links (
  case_id  TEXT NOT NULL,
  value    TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (case_id, value, position)
) WITHOUT ROWID;

CREATE TABLE loads (
  case_id TEXT PRIMARY KEY,
  count   INTEGER NOT NULL,
  hash    BLOB NOT NULL
) WITHOUT ROWID;

DELETE FROM tallies WHERE name IN ('person', 'link');
INSERT INTO tallies
SELECT case_id, 'person', person, count(*) FROM blocks WHERE person IS NOT NULL GROUP BY case_id, person;

DROP VIEW tenures;
DROP VIEW events;

CREATE VIEW events AS
{events_fifth(_SQLITE, "lower(hex(b.hash))")}
CREATE VIEW tenures AS
{fifth(_SQLITE)}"""  # noqa: S608 -- no word of it comes from a reader
"""What concerns a person, and who mentions what besides, is found by an index; a load in chunks keeps where it ends.

Texts of times are kept only where SQL cannot make them.
"""

SIXTH = """
CREATE TABLE places (
  case_id  TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (case_id, name, value, position)
) WITHOUT ROWID;

CREATE TABLE filed (
  case_id TEXT PRIMARY KEY,
  count   INTEGER NOT NULL,
  hash    BLOB NOT NULL
) WITHOUT ROWID;

INSERT INTO places
SELECT case_id, 'org', org, position FROM blocks WHERE org IS NOT NULL;
INSERT INTO places
SELECT case_id, 'person', person, position FROM blocks WHERE person IS NOT NULL;
INSERT INTO places
SELECT case_id, 'at', at, position FROM blocks WHERE at IS NOT NULL;
INSERT INTO filed SELECT case_id, count, hash FROM heads;

DROP INDEX IF EXISTS blocks_by_org;
DROP INDEX IF EXISTS blocks_by_person;
DROP INDEX IF EXISTS blocks_by_time;
"""
"""By what events are found (organizations, persons, times) is entered some dozens of appends at once; see `places`."""

SEVENTH = f"""
PRAGMA legacy_alter_table = ON;

CREATE TABLE lean (
  case_id  TEXT NOT NULL,
  position INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  kind     TEXT NOT NULL,
  id       TEXT,
  type     TEXT,
  at       TEXT,
  known    TEXT AS ({KNOWN}),
  org      TEXT,
  person   TEXT,
  role     TEXT,
  target   TEXT,
  body     TEXT AS ({BODY}),
  later    TEXT,
  said     TEXT,
  PRIMARY KEY (case_id, position)
) WITHOUT ROWID;

INSERT INTO lean
SELECT case_id, position, hash, kind, id, type, at, org, person, role, target, later,
       CASE WHEN substr(body, 1, length(head)) = head AND substr(substr(body, 1 + length(head)), -length(tail)) = tail
            THEN nullif(substr(body, 1 + length(head), length(body) - length(head) - length(tail)), '') ELSE body END
FROM (
  SELECT *, {HEAD} AS head, {TAIL} AS tail FROM (SELECT *, CASE WHEN known <> at THEN known END AS later FROM blocks));

DROP TABLE blocks;
ALTER TABLE lean RENAME TO blocks;

CREATE INDEX blocks_by_id ON blocks (id, kind, case_id) WHERE id IS NOT NULL;
CREATE INDEX blocks_by_target ON blocks (case_id, target) WHERE target IS NOT NULL;
CREATE INDEX blocks_by_known ON blocks (case_id, known) WHERE known <> at;

{_NEVER}{IN_ORDER}
{FIRST_LAST}
PRAGMA legacy_alter_table = OFF;
"""  # noqa: S608 -- no word of it comes from a reader
"""What the columns of a row say is not kept in its body once more (see `lean`), and which event is the last is kept.

Views are of the table of that name, whichever it is, and so the table is renamed as it was before views were followed.
"""

STEPS: tuple[str, ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
READ_AS: Mapping[int, str] = {1: for_one_reader(SECOND), **dict.fromkeys(range(2, len(STEPS)), "")}
"""By version, what makes an older store readable as it is."""
