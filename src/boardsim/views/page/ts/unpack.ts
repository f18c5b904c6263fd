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

/** The id of somebody whose name says it. */
const plainId = (name: string): string => name.toLowerCase().replace(/'/g, "").match(/[a-z0-9]+/g)!.join("-");

export function table(packed: { length: number; cells: any[] }, events: Row[] = []): Row[] {
  const columns: any[][] = [];
  for (const one of packed.cells) {
    columns.push("of" in one ? told(columns[one.of], events, one.as, one.but) : Array.isArray(one) ? one : "all" in one ? Array(packed.length).fill(one.all) : one.steps ? steps(one.steps)
      : one.by.map((by: number | null, n: number) => (by === null ? null : columns[one.from][n] + by)));
  }
  return Array.from({ length: packed.length }, (_, n) => columns.map((column) => column[n]));
}

/** Microseconds, the first since 1970 and each other since the one before, as instants. */
function times(by: (number | string)[]): string[] {
  let at = 0n;
  return by.map((one) => {
    at += BigInt(one);
    const below = ((at % 1000n) + 1000n) % 1000n, text = new Date(Number((at - below) / 1000n)).toISOString();
    return text.replace(/\.(\d+)Z/, (_, ms) => ((ms += String(below).padStart(3, "0")) === "000000" ? "Z" : `.${ms}Z`));
  });
}

function rows(kind: Kind, doc: Doc, edits: Row[]): [number[], Row[]] {
  const less: number[] = [], more: Row[] = [];
  let place = 0;
  for (const [step, ...cells] of edits) {
    if (step === null) more.push(cells);
    else {
      less.push((place += step));
      const row = [...doc[kind][place]];
      for (let n = 0; n < cells.length; n += 2) row[cells[n]] = cells[n + 1];
      if (cells.length) more.push(row);
    }
  }
  return [less, more];
}

/** What a world has otherwise. */
export function difference(doc: Doc, packed: Row): Difference {
  const [lost, tables, orphaned = [], later = [], rulings = [], gone = []] = packed;
  const found: Difference = {
    lost, less: {}, more: {}, orphaned: steps(orphaned), gone: steps(gone),
    later: later.map(([since, some]: [number, number[]]) => [since, steps(some)]),
    rulings: steps(rulings).map((n) => doc.fates[n]),
  };
  KINDS.forEach((kind, n) => { [found.less[kind], found.more[kind]] = rows(kind, doc, tables?.[n] ?? []); });
  return found;
}

export function unpack(packed: any): Doc {
  const events = table(packed.events), doc: Doc = { ...packed, times: times(packed.times) };
  for (const kind of [...KINDS, "rulings", "chairs", "fates"] as const) doc[kind] = table(packed[kind], events);
  doc.people = packed.people.map((one: any) => (typeof one === "string" ? { name: one, id: plainId(one) } : { name: one[0], id: one[1] }));
  doc.events = events.map((row, n) =>
    Object.fromEntries([["n", n], ...packed.events.columns.map((column: string, place: number) => [column, row[place]])]) as any);
  for (const one of doc.events) one.because = (one.because || []).map((clause) => clause.map((id: any) => doc.events[id]?.id ?? id));
  doc.worlds = packed.worlds.map(({ other, ...world }: any): World => ({ ...world, ...difference(doc, other) }));
  doc.drops = packed.drops && new Map(packed.drops.map(([n, ...other]: Row) => [doc.events[n].id, other]));
  return doc;
}
