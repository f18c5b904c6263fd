// What `packed.py` packed, as it was.

import { Difference, Doc, Kind, Row, World } from "./data.js";

export const KINDS: Kind[] = ["tenures", "announced", "doubts", "bylaws"];

const steps = (by: (number | null)[], last = 0): any[] => by.map((one) => (one === null ? null : (last += one)));

/** What the events that are named in a column have, but for some cells. */
function told(named: (number | null)[], events: Row[], as: number, but: any[]): any[] {
  const found = named.map((n) => (n === null ? null : events[n][as]));
  for (let n = 0, place = 0; n < but.length; n += 2) found[(place += but[n])] = but[n + 1];
  return found;
}

/** People or roles; of most of them the name says the id. */
const named = (declared: (string | [string, string])[]): any[] => declared.map((one) => {
  const [name, id] = typeof one === "string" ? [one, one.toLowerCase().replace(/'/g, "").match(/[a-z0-9]+/g)!.join("-")] : one;
  return { name, id };
});

export function table(packed: { length: number; cells: any[] }, events: Row[] = []): Row[] {
  const column = (n: number): any[] => {
    const one = packed.cells[n];
    return Array.isArray(one) ? one : (packed.cells[n] = one.of != null ? told(column(one.of), events, one.as, one.but)
      : one.by ? one.by.map((by: number | null, n: number) => (by === null ? null : column(one.from)[n] + by))
      : one.is ? one.is.map((n: number) => one.among[n]) : one.steps ? steps(one.steps) : Array(packed.length).fill(one.all));
  };
  return Array.from({ length: packed.length }, (_, n) => packed.cells.map((_, place) => column(place)[n]));
}

/** Seconds, the first since 1970 and each other since the one before, as instants; a text has microseconds. */
function times(by: (number | string)[]): string[] {
  let at = 0n;
  return by.map((one) => {
    at += BigInt(typeof one === "string" ? one : Math.round(one * 1e6));
    const below = ((at % 1000n) + 1000n) % 1000n, text = new Date(Number((at - below) / 1000n)).toISOString();
    return text.replace(/\.(\d+)Z/, (_, ms) => ((ms += String(below).padStart(3, "0")) === "000000" ? "Z" : `.${ms}Z`));
  });
}

/** In which column of a table the event stands that its rows are about. */
const EVENT_IN: Partial<Record<Kind, number>> = { tenures: 3, announced: 1, doubts: 3 };

/** The places of the rows that are not in a world, and its own; `nothing` are the events of which nothing came there. */
function rows(kind: Kind, doc: Doc, edits: Row[], nothing: Set<number>): [number[], Row[]] {
  const less = new Set<number>(), more: Row[] = [];
  doc[kind].forEach((row, n) => { if (nothing.has(row[EVENT_IN[kind]!])) less.add(n); });
  let place = 0;
  for (const [step, ...cells] of edits) {
    if (step === null) more.push(cells);
    else {
      place += step;
      const row = [...doc[kind][place]];
      for (let n = 0; n < cells.length; n += 2) row[cells[n]] = cells[n + 1];
      if (cells.length) more.push(row);
      if (cells.length || !less.delete(place)) less.add(place);
    }
  }
  return [[...less], more];
}

/** What a world has otherwise, or one without an event. */
export function difference(doc: Doc, packed: Row, dropped?: number): Difference {
  const [orphaned = [], later = [], rulings = [], gone = []] = packed.slice(KINDS.length);
  const found: Difference = {
    less: {}, more: {}, orphaned: steps(orphaned), gone: steps(gone),
    later: later.map(([since, some]: [number, number[]]) => [since, steps(some)]),
    rulings: steps(rulings).map((n) => doc.fates[n]),
  };
  const nothing = new Set([dropped ?? -1, ...found.orphaned, ...found.gone, ...found.later.flatMap(([, some]) => some),
    ...found.rulings.filter((row) => row[1] !== "effective").map((row) => row[0])]);
  KINDS.forEach((kind, n) => { [found.less[kind], found.more[kind]] = rows(kind, doc, packed[n] ?? [], nothing); });
  return found;
}

export function unpack(packed: any): Doc {
  const events = table(packed.events), others = table(packed.others), doc: Doc = { ...packed, times: times(packed.times) };
  for (const kind of [...KINDS, "rulings", "chairs", "fates"] as const) doc[kind] = table(packed[kind], events);
  doc.people = named(packed.people);
  doc.roles = named(packed.roles).map((one, n) => ({ ...one, kind: packed.kinds[n] }));
  for (const row of doc.fates) row[4] &&= row[4].replace(/@(@|\d+)/g, (_: string, n: string) => doc.people[Number(n)]?.name ?? n);
  doc.events = events.map((row, n) =>
    Object.fromEntries([["n", n], ...packed.events.columns.map((column: string, place: number) => [column, row[place]])]) as any);
  for (const one of doc.events) one.because = (one.because || []).map((clause) => clause.map((id: any) => doc.events[id]?.id ?? id));
  doc.worlds = packed.worlds.map((world: any, place: number): World => ({ ...world, ...difference(doc, others[place].slice(1)) }));
  doc.drops = packed.drops ? new Map(others.slice(doc.worlds.length).map(([n, ...other]) => [doc.events[n].id, other])) : null;
  return doc;
}
