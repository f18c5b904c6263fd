// The state at any instant, in any state of knowledge and any world: a filter of rows, and never a replay.

import { doc, events, ms, Difference, Row, Tables, World, Ev } from "./data.js";
import { difference as unpacked, KINDS } from "./unpack.js";

/** A state of knowledge: a place in `times`, or null for all that is known by now. */
export type Knowledge = number | null;

export const DIRECTOR = doc.roles.findIndex((role) => role.id === "director");
export const CEO = doc.roles.findIndex((role) => role.id === "ceo");
export const CHAIR = doc.roles.findIndex((role) => role.id === "chair");

export function known(row: Row, since: number, k: Knowledge): boolean {
  const from = row[since], until = row[since + 1];
  return k === null ? until === null : (from === null || from <= k) && (until === null || k < until);
}

/** Whether a row of which the times stand at `since` and after holds at an instant, as known then. */
function holds(row: Row, since: number, at: number, k: Knowledge): boolean {
  return (row[since] === null || row[since] <= at) && (row[since + 1] === null || at < row[since + 1])
    && known(row, since + 2, k);
}

function byEvent(rows: Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) found.set(row[0], [...(found.get(row[0]) ?? []), row]);
  return found;
}

const record: Tables = {
  tenures: doc.tenures, announced: doc.announced, doubts: doc.doubts, bylaws: doc.bylaws,
  rulings: byEvent(doc.rulings),
};
const made = new Map<string, Tables>();

export const worlds = new Map<string, World>(doc.worlds.map((world) => [world.id, world]));

/** What a world has otherwise; of an event left out on which nothing hangs, nothing but itself. */
export function difference(id: string): Difference | null {
  if (!id.startsWith("drop:")) return worlds.get(id) ?? null;
  const name = id.slice(5), dropped = events.find((one) => one.id === name);
  if (!doc.drops || !dropped) return null;
  const found = doc.drops.get(name);
  return unpacked(doc, found ?? [], found && dropped.n);
}

/** The tables of a world, by its id; of the record for the empty one. */
export function tables(id: string): Tables {
  if (id === "") return record;
  const before = made.get(id), other = difference(id);
  if (before || !other) return before ?? record;
  const found: any = { rulings: new Map(record.rulings) };
  for (const kind of KINDS) {
    const less = new Set(other.less[kind] ?? []);
    found[kind] = [...record[kind].filter((_, n) => !less.has(n)), ...(other.more[kind] ?? [])];
  }
  for (const n of other.gone) found.rulings.set(n, []);
  for (const n of other.orphaned) {
    const rows = record.rulings.get(n)!;
    found.rulings.set(n, [[n, "orphaned", null, [], null, rows[0][5], rows[rows.length - 1][6]]]);
  }
  for (const [since, some] of other.later) {
    for (const n of some) {
      const row = record.rulings.get(n)![0];
      found.rulings.set(n, [[...row.slice(0, 6), since], [n, "orphaned", null, [], null, since, row[6]]]);
    }
  }
  for (const [n, rows] of byEvent(other.rulings)) found.rulings.set(n, rows);
  if (id.startsWith("drop:")) {
    for (const one of events.filter((each) => each.id === id.slice(5))) {
      found.rulings.set(one.n, (record.rulings.get(one.n) ?? []).map((row) => [one.n, "dropped", null, [], null, row[5], row[6]]));
    }
  }
  made.set(id, found);
  return found;
}

/** What became of an event: the row of its ruling; undefined where it is not in this view. */
export function ruling(of: Tables, n: number, k: Knowledge): Row | undefined {
  return of.rulings.get(n)?.find((row) => known(row, 5, k));
}

export const happened = (row: Row | undefined): boolean =>
  row !== undefined && row[1] === "effective" && row[2] !== "failed" && row[2] !== "undetermined";

/** Whether an event did not happen in a world, or came out otherwise: by what became of it on record, and there. */
export const isOtherwise = (row: Row, there: Row | undefined): boolean =>
  there === undefined || there[1] !== row[1] || there[2] !== row[2];

/** The clause of the reasons of an event of which nothing is left. */
export function lostClause(of: Tables, n: number, k: Knowledge): number[] {
  const own = ruling(of, n, k);
  if (own && own[3].length) return own[3];
  for (const clause of events[n].because) {
    const members = clause.map((id) => standing(of, id, k)).filter((one): one is number => one !== null);
    if (members.length && members.every((one) => !happened(ruling(of, one, k)))) return members;
  }
  return [];
}

const versions = new Map<string, number[]>();
for (const one of events) versions.set(one.id, [...(versions.get(one.id) ?? []), one.n]);

/** The version of an event that stands; null where none does. */
export function standing(of: Tables, id: string, k: Knowledge): number | null {
  return (versions.get(id) ?? []).find((n) => ruling(of, n, k) !== undefined) ?? null;
}

/** How many events of the record a world has not, or otherwise, by what is known; the one that it leaves out aside. */
export function lost(of: Tables, k: Knowledge, dropped: string | null): number {
  return events.filter(({ id, n }) => {
    const row = ruling(record, n, k);
    return row && id !== dropped && isOtherwise(row, ruling(of, standing(of, id, k) ?? -1, k));
  }).length;
}

export const tenuresAt = (of: Tables, at: number, k: Knowledge): Row[] => of.tenures.filter((row) => holds(row, 7, at, k));

/** The tenures of any time, as they are known. */
export const tenuresKnown = (of: Tables, k: Knowledge): Row[] => of.tenures.filter((row) => known(row, 9, k));

export interface Seat {
  chair: number; person: number | null; row: Row | null; left: { person: number; how: string } | null;
  doubts: string[]; chairs: boolean;
}
export interface Board {
  seats: Seat[]; size: number; authorised: number | null; assumed: boolean; partial: boolean; executives: Row[];
  offices: Row[]; doubts: Row[]; announced: Row[]; pending: Ev[]; vacantNamed: [string, number][];
  dissolved: Ev | null; unmarked: Row[];
}

const WEEK = 7 * 24 * 3600 * 1000;

/** The board of an organization at an instant; `clock` is that instant in milliseconds. */
export function board(of: Tables, org: number, at: number, k: Knowledge, clock: number): Board {
  const held = tenuresAt(of, at, k).filter((row) => row[2] === org).map((row) =>
    ended(of, at, k, (one) => one.person === row[0]) ? Object.assign([...row], { 5: row[5] | DIED }) : row);
  const directors = held.filter((row) => row[1] === DIRECTOR).sort((a, b) => (a[7] ?? -1) - (b[7] ?? -1));
  const rules = of.bylaws.find((row) => row[0] === org && holds(row, 5, at, k));
  const authorised: number | null = rules ? rules[1] : null;
  const doubts = of.doubts.filter((row) => row[2] === org && holds(row, 6, at, k));
  const seats = placed(directors, org, at, authorised, held, doubts);
  remember(of, seats, org, at, k, clock);
  const named = Object.entries((rules?.[4] ?? {}) as Record<string, [string, number]>);
  const seated = new Set(seats.map((seat) => seat.person));
  const declared = doc.orgs[org];
  return {
    seats, authorised, doubts,
    size: directors.length,
    assumed: rules ? rules[3].includes("seats") : false,
    partial: declared.never_whole || (declared.whole_from !== null && at < declared.whole_from),
    executives: held.filter((row) => row[1] === CEO),
    offices: held.filter((row) => row[1] !== CEO && row[1] !== DIRECTOR && row[1] !== CHAIR && kind(row) !== "staff"),
    unmarked: doubts.filter((row) => row[1] !== DIRECTOR || !seated.has(row[0])),
    announced: of.announced.filter((row) => row[0] === org && holds(row, 2, at, k)),
    pending: pending(of, org, at, k),
    vacantNamed: named.map(([id, [name, count]]): [string, number] =>
      [name, count - directors.filter((row) => row[6] === id).length]).filter((one) => one[1] > 0),
    dissolved: ended(of, at, k, (one) => one.person === null && one.org === org),
  };
}

export const kind = (row: Row): string => doc.roles[row[1]].kind;

function pending(of: Tables, org: number, at: number, k: Knowledge): Ev[] {
  return events.filter((one) => one.pending && one.org === org && at < one.at && one.public <= at
    && ruling(of, one.n, k)?.[1] === "effective");
}

/** Beside what the document marks at a tenure, 1 interim and 2 suspended: whoever holds it had died. */
const DIED = 4;
const endings = events.filter((one) => one.ends);

/** The first event by which a life had ended, or an organization. */
function ended(of: Tables, at: number, k: Knowledge, whose: (one: Ev) => boolean): Ev | null {
  return endings.find((one) => whose(one) && one.at <= at && ruling(of, one.n, k)?.[1] === "effective") ?? null;
}

const chairs = new Map<string, number[][]>();
for (const [org, person, ...row] of doc.chairs) {
  const key = org + " " + person;
  chairs.set(key, [...(chairs.get(key) ?? []), row]);
}

/** The chair of somebody at an instant; -1 where they never had one. */
function chairOf(org: number, person: number, at: number): number {
  const rows = chairs.get(org + " " + person) ?? [];
  return (rows.filter((row) => row[1] === null || row[1] <= at).pop() ?? rows[0] ?? [-1])[0];
}

/** A chair for each seat: people keep theirs where it is free. */
function placed(directors: Row[], org: number, at: number, authorised: number | null, held: Row[], doubts: Row[]): Seat[] {
  const count = Math.max(authorised ?? 0, directors.length);
  const seats: Seat[] = Array.from({ length: count }, (_, chair) =>
    ({ chair, person: null, row: null, left: null, doubts: [], chairs: false }));
  const late: Row[] = [];
  for (const row of directors) {
    const own = seats[chairOf(org, row[0], at)];
    if (own && own.person === null) take(own, row);
    else late.push(row);
  }
  for (const row of late) take(seats.find((seat) => seat.person === null)!, row);
  for (const seat of seats) {
    seat.chairs = held.some((row) => row[1] === CHAIR && row[0] === seat.person);
    seat.doubts = [...new Set(doubts.filter((row) => row[1] === DIRECTOR && row[0] === seat.person).map((row) => row[4]))];
  }
  return seats;
}

function take(seat: Seat, row: Row): void {
  seat.person = row[0];
  seat.row = row;
}

/** A vacant chair remembers for a week who left it, and how. */
function remember(of: Tables, seats: Seat[], org: number, at: number, k: Knowledge, clock: number): void {
  const gone = tenuresKnown(of, k).filter((row) => row[1] === DIRECTOR && row[2] === org && row[8] !== null
    && row[8] <= at && clock - ms(row[8]) <= WEEK).sort((a, b) => a[8] - b[8]);
  for (const row of gone) {
    const seat = seats[chairOf(org, row[0], row[8] - 1)];
    if (seat && seat.person === null) {
      seat.left = { person: row[0], how: row[4] === null ? "left" : events[row[4]].departure };
    }
  }
}
