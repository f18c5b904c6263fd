// The document of the page, as `boardsim/page/1` has it; texts of events stand in the page itself.

import { unpack } from "./unpack.js";

export type Row = any[];
export type Kind = "tenures" | "announced" | "doubts" | "bylaws";
export type Tables = Record<Kind, Row[]> & { rulings: Map<number, Row[]> };

export interface Ev {
  n: number; id: string; zone: string | null; at: number;
  not_before: number | null; not_after: number | null; public: number;
  org: number | null; status: string; because: string[][]; moves: boolean;
  opens: boolean; pending: boolean; ends: boolean; departure: string; person: number | null;
}
export interface Threshold { part: number; whole: number; strict: boolean; least: number; of: string }
export interface Member { person: number; weight: number; veto: boolean; ballot: string | null; fixed: boolean }
export interface Ballots {
  threshold: Threshold; quorum: Threshold; seats: number | null; partial: boolean; casting: number | null;
  members: Member[];
}
export interface Vote {
  event: string; motion: string; outcome: string; words: string; excluded: [number, string][]; board: Ballots | null;
}
export interface Difference {
  less: Partial<Record<Kind, number[]>>; more: Partial<Record<Kind, Row[]>>;
  orphaned: number[]; later: [number, number[]][]; rulings: Row[]; gone: number[];
}
export interface World extends Difference {
  id: string; title: string; question: string | null; remark: string | null; horizon: number | null; own: number[];
}
export interface Doc {
  case: string; called: string | null; title: string; zone: string; lecture: boolean; times: string[]; start: number | null;
  known: string | number | null; org: string | null; live: string | null; log?: string;
  orgs: { id: string; name: string; board: string | null; whole_from: number | null; never_whole: boolean }[];
  people: { id: string; name: string }[]; roles: { id: string; name: string; kind: string }[];
  events: Ev[]; fates: Row[];
  tenures: Row[]; announced: Row[]; doubts: Row[]; bylaws: Row[]; rulings: Row[];
  worlds: World[]; drops: Map<string, Row> | null; votes: Vote[]; chairs: number[][];
  windows: { name: string; from: number; until: number }[];
  findings: { from: number | null; until: number | null }[];
}

export const doc: Doc = unpack(JSON.parse(document.getElementById("data")!.textContent!));

export const events = doc.events;

/** What a command calls the log. */
export const LOG = doc.called ?? "LOG";

/** The events in the order in which the page lists them, and of each its item of that list. */
export const ordered = [...events].sort((a, b) => a.at - b.at);
const listed = document.querySelectorAll<HTMLElement>("#list .ev");
export const items: HTMLElement[] = [];
ordered.forEach((one, place) => { items[one.n] = listed[place]; });

/** The text of an event, or another part of it, as the page has it. */
export function words(n: number, part = "bdi"): string {
  return items[n].querySelector(part)?.textContent?.trim() ?? "";
}

export const clockOf = (n: number): string => words(n, "span"); // which stands first

/** Under which day, month or year an event stands. */
const heading = (n: number): string =>
  items[n].closest(".day")!.firstElementChild!.textContent!.replace("Some time in ", "");

/** A date in full as a short one: `Fri, Nov 17, 2023`; null where it is none. */
function short(long: string): string | null {
  const date = /([A-Z][a-z]{2})[a-z]* (\d+, \d{4})$/.exec(long);
  const day = date && ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(`${date[1]} ${date[2]} UTC`).getUTCDay()];
  return date && `${day}, ${date[1]} ${date[2]}`;
}

/** The date and the clock of an event, as honest as the record. */
export function when(n: number): string {
  const long = heading(n), zone = events[n].zone;
  return /^\S+day, /.test(long) ? `${short(long)}, ${clockOf(n)}${zone ? " " + zone : ""}` : long;
}

/** The date of an event, without its clock. */
export function since(n: number): string {
  const long = heading(n), about = /^(By|About) /.exec(long);
  return (about ? about[0].toLowerCase() : "") + (short(long) ?? long);
}

/** The numbers of the sources that an event names. */
export const sourcesOf = (n: number): number[] =>
  [...items[n].querySelectorAll(".say a")].map((one) => Number(one.getAttribute("href")!.slice(2)));

export const sentence = (n: number): string => words(n).replace(/\.$/, "");

// ---- instants -----------------------------------------------------------------------------------------------------

type Exact = [number, number];

/** An instant as milliseconds and what remains below; null where the text is none. */
function exact(iso: string): Exact | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/.exec(iso);
  const at = found ? Date.parse(found[1] + found[3]) : NaN;
  return Number.isNaN(at) ? null : [at, Number(((found![2] ?? "") + "000000").slice(0, 6))];
}

const moments: Exact[] = doc.times.map((iso) => exact(iso)!);

export const ms = (place: number): number => moments[place][0] + moments[place][1] / 1000;

/** The place of the last instant of the document at or before this one; -1 before all of them, null for no instant. */
export function place(iso: string): number | null {
  const at = exact(iso);
  if (at === null) return null;
  let low = 0, high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1, one = moments[middle];
    if (one[0] < at[0] || (one[0] === at[0] && one[1] <= at[1])) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export const time = (iso: string): number => exact(iso)?.[0] ?? 0;

/** What shows instants on the clocks of the log's zone; made when it is first asked, as a browser's first one takes long. */
export function clocks(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  let made: Intl.DateTimeFormat | null = null;
  return () => (made ??= new Intl.DateTimeFormat("en-US", { timeZone: doc.zone, ...options }));
}

const dates = clocks({
  weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "numeric",
  minute: "2-digit", second: "2-digit", timeZoneName: "short",
});

/** An instant on the clocks of the log's zone, as `Fri, Nov 17, 2023, 12:28:50 PM PST`. */
export function moment(at: number): string {
  return dates().format(new Date(at)).replace(/\u202f/g, " ").replace(/:00 (AM|PM)/, " $1");
}
