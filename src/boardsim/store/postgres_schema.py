"""The tables of a store in PostgreSQL, version by version, in the schema `boardsim`; see `sqlite_schema`."""

from collections.abc import Mapping

from boardsim.store.places import FIRST_LAST
from boardsim.store.tenures_view import Dialect, events_fifth, fifth, fourth, third
from boardsim.store.versions import for_one_reader

FIRST = """
CREATE TABLE store (version integer NOT NULL);
INSERT INTO store VALUES (0);

CREATE TABLE blocks (
  case_id  text NOT NULL,
  position integer NOT NULL,
  hash     bytea NOT NULL,
  kind     text NOT NULL,
  id       text,
  type     text,
  at       timestamptz,
  known    timestamptz,
  org      text,
  person   text,
  role     text,
  target   text,
  body     json NOT NULL,
  PRIMARY KEY (case_id, position)
);

CREATE UNIQUE INDEX blocks_by_id ON blocks (id, kind, case_id);
CREATE INDEX blocks_by_org ON blocks (case_id, org);
CREATE INDEX blocks_by_time ON blocks (case_id, at, position);
CREATE INDEX blocks_by_target ON blocks (case_id, target) WHERE target IS NOT NULL;

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a log is append-only: record a correction or a retraction instead'; END $$;

CREATE TRIGGER blocks_never_change BEFORE UPDATE OR DELETE ON blocks FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER blocks_never_go BEFORE TRUNCATE ON blocks FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position > 0 AND NOT EXISTS (
    SELECT 1 FROM boardsim.blocks AS b WHERE b.case_id = NEW.case_id AND b.position = NEW.position - 1
  ) THEN
    RAISE EXCEPTION 'a log has no gaps: a block comes after the last one';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER blocks_follow_one_another BEFORE INSERT ON blocks FOR EACH ROW EXECUTE FUNCTION refuse_gap();

CREATE TABLE register (
  case_id text NOT NULL,
  org     text NOT NULL,
  role    text NOT NULL,
  person  text NOT NULL,
  since   timestamptz NOT NULL,
  until   timestamptz,
  opened  text NOT NULL,
  closed  text,
  ended   text,
  PRIMARY KEY (case_id, org, role, opened)
);

CREATE TABLE registered (case_id text PRIMARY KEY, count integer NOT NULL);

CREATE VIEW cases AS
SELECT first.case_id,
       first.body ->> 'title' AS title,
       last.position + 1 AS blocks,
       encode(last.hash, 'hex') AS head,
       EXISTS (SELECT 1 FROM registered AS r WHERE r.case_id = first.case_id AND r.count = last.position + 1)
         AS has_register
FROM blocks AS first
JOIN blocks AS last ON last.case_id = first.case_id
 AND last.position = (SELECT max(position) FROM blocks AS b WHERE b.case_id = first.case_id)
WHERE first.position = 0;

CREATE VIEW events AS
SELECT case_id, position, id, type, at, known, org, person, role, target,
       coalesce(body ->> 'status', 'confirmed') AS status,
       body, encode(hash, 'hex') AS hash
FROM blocks WHERE kind = 'event';

CREATE VIEW tenures AS
SELECT r.case_id, r.org, o.body ->> 'name' AS org_name, r.role,
       r.person, p.body ->> 'name' AS person_name,
       r.since, r.until, r.opened, r.closed, r.ended
FROM register AS r
JOIN registered AS made ON made.case_id = r.case_id
 AND made.count = (SELECT max(position) + 1 FROM blocks AS b WHERE b.case_id = r.case_id)
LEFT JOIN blocks AS o ON o.id = r.org AND o.kind = 'org' AND o.case_id = r.case_id
LEFT JOIN blocks AS p ON p.id = r.person AND p.kind = 'person' AND p.case_id = r.case_id;
"""

SECOND = """
CREATE TABLE heads (
  case_id text PRIMARY KEY,
  count   integer NOT NULL,
  hash    bytea NOT NULL
);

CREATE TABLE tallies (
  case_id text NOT NULL,
  name    text NOT NULL,
  value   text NOT NULL,
  rows    integer NOT NULL,
  PRIMARY KEY (case_id, name, value)
);

CREATE INDEX tallies_of_declared ON tallies (value, case_id) WHERE name = 'declared';

INSERT INTO heads
SELECT case_id, position + 1, hash FROM blocks AS b
WHERE position = (SELECT max(position) FROM blocks AS other WHERE other.case_id = b.case_id);

INSERT INTO tallies
SELECT case_id, 'org', org, count(*) FROM blocks WHERE org IS NOT NULL GROUP BY case_id, org;
INSERT INTO tallies
SELECT case_id, 'target', target, count(*) FROM blocks WHERE target IS NOT NULL GROUP BY case_id, target;
INSERT INTO tallies
SELECT case_id, 'day', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*) FROM blocks
WHERE at IS NOT NULL GROUP BY case_id, day;
INSERT INTO tallies
SELECT case_id, 'declared', id, 1 FROM blocks WHERE kind = 'org' AND id IS NOT NULL;
"""


def _field(block: str, key: str) -> str:
    """A field of a block, as this database reads it."""
    return f"{block}.body ->> '{key}'"


THIRD = f"""
DROP INDEX IF EXISTS blocks_by_id;
CREATE INDEX blocks_by_id ON blocks (id, kind, case_id);

CREATE OR REPLACE FUNCTION refuse_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM boardsim.blocks AS b WHERE b.id = NEW.id AND b.kind = NEW.kind AND b.case_id = NEW.case_id
  ) THEN
    RAISE EXCEPTION 'a block has an id of its own' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS blocks_have_ids_of_their_own ON blocks;
CREATE TRIGGER blocks_have_ids_of_their_own BEFORE INSERT ON blocks
FOR EACH ROW WHEN (NEW.kind NOT IN ('org', 'person')) EXECUTE FUNCTION refuse_taken();

CREATE TABLE texts (
  case_id         text NOT NULL,
  position        integer NOT NULL,
  at_text         text,
  known_text      text,
  not_before      timestamptz,
  not_before_text text,
  not_after       timestamptz,
  not_after_text  text,
  PRIMARY KEY (case_id, position)
);

CREATE OR REPLACE VIEW events AS
SELECT b.case_id, b.position, b.id, b.type, b.at, b.known, b.org, b.person, b.role, b.target,
       coalesce(b.body ->> 'status', 'confirmed') AS status, b.body, encode(b.hash, 'hex') AS hash,
       t.at_text, t.not_before, t.not_before_text, t.not_after, t.not_after_text, t.known_text
FROM blocks AS b
LEFT JOIN texts AS t ON t.case_id = b.case_id AND t.position = b.position
WHERE b.kind = 'event';

CREATE OR REPLACE VIEW tenures AS
{third(_field)}"""  # noqa: S608 -- no word of it comes from a reader
"""An organization or a person can be declared in several blocks of one id; the rest is as in SQLite.

Of two writers to one end of a case only one gets the position, so that no two of them can take one id at once.  As the
new columns stand last, the views stay, and whatever rests on them.
"""

FOURTH = f"""
CREATE OR REPLACE VIEW tenures AS
{fourth(_field)}"""
"""How sure the record is of a tenure, and what stands of it where it was corrected."""

_POSTGRES = Dialect(
    _field,
    lambda column: f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+00:00'",
    lambda column: f"{column} + interval '24 hours'",
)

FIFTH = f"""
CREATE INDEX IF NOT EXISTS blocks_by_person ON blocks (case_id, person) WHERE person IS NOT NULL;
CREATE INDEX IF NOT EXISTS blocks_by_known ON blocks (case_id, known) WHERE known <> at;

CREATE TABLE links (
  case_id  text NOT NULL,
  value    text NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (case_id, value, position)
);

CREATE TABLE loads (
  case_id text PRIMARY KEY,
  count   integer NOT NULL,
  hash    bytea NOT NULL
);

DELETE FROM tallies WHERE name IN ('person', 'link');
INSERT INTO tallies
SELECT case_id, 'person', person, count(*) FROM blocks WHERE person IS NOT NULL GROUP BY case_id, person;

CREATE OR REPLACE FUNCTION refuse_disorder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM added AS a WHERE a.position > 0 AND NOT EXISTS (
      SELECT 1 FROM boardsim.blocks AS b WHERE b.case_id = a.case_id AND b.position = a.position - 1)
  ) THEN
    RAISE EXCEPTION 'a log has no gaps: a block comes after the last one';
  END IF;
  IF EXISTS (
    SELECT 1 FROM added AS a JOIN boardsim.blocks AS b
      ON b.id = a.id AND b.kind = a.kind AND b.case_id = a.case_id AND b.position <> a.position
    WHERE a.kind NOT IN ('org', 'person')
  ) THEN
    RAISE EXCEPTION 'a block has an id of its own' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS blocks_follow_one_another ON blocks;
DROP TRIGGER IF EXISTS blocks_have_ids_of_their_own ON blocks;
CREATE TRIGGER blocks_follow_one_another AFTER INSERT ON blocks
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_disorder();

CREATE OR REPLACE VIEW events AS
{events_fifth(_POSTGRES, "encode(b.hash, 'hex')")}
CREATE OR REPLACE VIEW tenures AS
{fifth(_POSTGRES)}"""  # noqa: S608 -- no word of it comes from a reader
"""As in SQLite; and what refuses gaps and taken ids is asked once a statement, not once a row."""

SIXTH = """
CREATE TABLE places (
  case_id  text NOT NULL,
  name     text NOT NULL,
  value    text NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (case_id, name, value, position)
);

CREATE TABLE filed (
  case_id text PRIMARY KEY,
  count   integer NOT NULL,
  hash    bytea NOT NULL
);

INSERT INTO places
SELECT case_id, 'org', org, position FROM blocks WHERE org IS NOT NULL;
INSERT INTO places
SELECT case_id, 'person', person, position FROM blocks WHERE person IS NOT NULL;
INSERT INTO places
SELECT case_id, 'at', CAST(at AT TIME ZONE 'UTC' AS text), position FROM blocks WHERE at IS NOT NULL;
INSERT INTO filed SELECT case_id, count, hash FROM heads;

DROP INDEX IF EXISTS blocks_by_org;
DROP INDEX IF EXISTS blocks_by_person;
DROP INDEX IF EXISTS blocks_by_time;
"""
"""As in SQLite."""

SEVENTH = FIRST_LAST
"""As in SQLite, but for the rows: no column of this database is made of others when it is read."""

STEPS: tuple[str, ...] = (FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH)
READ_AS: Mapping[int, str] = {1: for_one_reader(SECOND), **dict.fromkeys(range(2, len(STEPS)), "")}
