// The board: a chair for each authorised seat, the chief executive apart; two of them side by side where worlds are compared.

import { doc, events, ms, sentence, since, when, Row, Tables } from "./data.js";
import { Board, Knowledge, Seat, board, tenuresAt } from "./facts.js";
import { h, plural, Child } from "./dom.js";

const SMALL = 12;

export interface Side { title: string; remark: Child; of: Tables; other: Tables | null; differs: boolean }

const name = (person: number): string => doc.people[person].name;

/** The given names of somebody, and their family's with what stands behind it, as `Jr.` or `III`. */
function names(person: number): [string[], string] {
  const words = name(person).split(/\s+/).filter(Boolean), last = words.pop() ?? "";
  if (words.length < 2 || !/^([JS]r\.?|II|III|IV)$/.test(last)) return [words, last]; // start.py has the same rule
  return [words.slice(0, -1), `${words[words.length - 1]} ${last}`];
}

function initials(person: number): string {
  const [given, family] = names(person);
  return [given[0], family].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase(); // by letters, of which one can be two units
}

function named(person: number): HTMLElement {
  const [given, last] = names(person);
  return h("span", { class: "name" }, given.length > 0 && fitting("span", given.join(" ")), fitting("b", last));
}

/** Words at a chair, in letters that are small enough for the longest of them. */
function fitting(tag: string, words: string): HTMLElement {
  const made = h(tag, {}, words);
  made.style.setProperty("--letters", String(Math.max(...words.split(/(?<=-)| /).map(length))));
  return made;
}

/** About how long a word is, in letters of middling width. */
const length = (word: string): number =>
  [...word].reduce((sum, letter) => sum + (/[mwMW@]/.test(letter) ? 1.5 : /[fijlrtI.,'’-]/.test(letter) ? 0.6 : 1), 0);

const ROLE: Record<string, string> = { ceo: "Chief executive", cto: "CTO", cfo: "CFO", coo: "COO" };

/** A role within a sentence. */
export function roleWord(role: number, flags = 0): string {
  const title = roleName(role, flags);
  return /^[A-Z]{2,4}$/.test(title) ? title : title[0].toLowerCase() + title.slice(1);
}

export function roleName(role: number, flags = 0): string {
  const title = ROLE[doc.roles[role].id] ?? doc.roles[role].name;
  return flags & 1 ? "Interim " + title.toLowerCase().replace(/^(cto|cfo|coo)$/, (one) => one.toUpperCase()) : title[0].toUpperCase() + title.slice(1);
}

export const DOUBTFUL = ["reported", "disputed", "assumed"];
const WHY: Record<string, string> = {
  span: "the time is not exact", order: "it hangs on an order that is not on record",
};

function marks(row: Row, doubts: string[]): string[] {
  const own = [...doubts, events[row[3]].status].filter((why) => why in WHY || DOUBTFUL.includes(why));
  const found = [...new Set(own.map((why) => (why in WHY ? "not certain" : why)))];
  return [...found, ...["suspended", "died"].filter((_, bit) => row[5] & 2 << bit)];
}

function ring(row: Row | null, doubts: string[], only: boolean, more: string): string {
  if (!row) return `ring vacant ${more}${only ? " only" : ""}`;
  const unsure = doubts.some((why) => why in WHY);
  const said = [events[row[3]].status, ...doubts].some((why) => DOUBTFUL.includes(why));
  return ["ring", more, unsure && "unsure", said && "said", only && "only", row[5] & 6 && "suspended"].filter(Boolean).join(" ");
}

function chair(seat: Seat, partial: boolean, only: boolean, missing: boolean): HTMLElement {
  if (seat.row === null) {
    const left = seat.left;
    return h("li", { class: "chair" },
      h("span", { class: ring(null, [], missing, ""), "aria-hidden": "true" }, left ? initials(left.person) : ""),
      h("span", { class: "name quiet" }, partial ? "Not on record" : "Vacant"),
      left && h("span", { class: "small" }, `${names(left.person)[1]} ${left.how}`),
      missing && h("span", { class: "onlyword" }, "only here"));
  }
  const own = marks(seat.row, seat.doubts);
  return h("li", { class: "chair", "data-person": doc.people[seat.row[0]].id },
    h("span", { class: ring(seat.row, seat.doubts, only, "seat"), "aria-hidden": "true" }, initials(seat.row[0])),
    named(seat.row[0]),
    seat.chairs && h("span", { class: "small" }, "chair"),
    own.length > 0 && h("span", { class: "small mark" }, own.join(", ")),
    only && h("span", { class: "onlyword" }, "only here"));
}

function executive(row: Row | null, only: boolean, doubts: string[]): HTMLElement {
  const own = row ? marks(row, doubts) : [];
  return h("div", { class: "executive" },
    h("span", { class: ring(row, doubts, only, "chief"), "aria-hidden": "true" }, row ? initials(row[0]) : ""),
    h("div", {},
      h("div", { class: "small" }, row ? roleName(row[1], row[5]) : "Chief executive"),
      h("div", { class: "who" }, row ? name(row[0]) : "Nobody on record"),
      row && h("div", { class: "small" }, ("since " + since(row[3])).replace("since by", "by")),
      own.length > 0 && h("div", { class: "small mark" }, own.join(", ")),
      only && h("div", { class: "onlyword" }, "only here")));
}

function summary(found: Board, org: number): string {
  const size = found.partial ? `${plural(found.size, "director")} on record, who may not be all` : plural(found.size, "director");
  if (found.authorised === null) return found.size || !doc.orgs[org].board ? size : `Controlled by the board of ${doc.orgs[org].board}`;
  const vacant = Math.max(0, found.authorised - found.size);
  const of = vacant ? plural(vacant, "vacant seat") + " of" : "all seats taken of";
  const seats = found.partial && vacant ? "of " + plural(found.authorised, "seat") : `${of} ${found.authorised}`;
  return `${size}, ${seats}${found.assumed ? " (the number of seats is assumed)" : ""}`;
}

/** What is not certain: each event in words with why, the end of the organization, or its rules. */
function unsure(rows: Row[]): string[] {
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    const what = row[0] === null && !events[row[3]].ends ? "the rules" : sentence(row[3]);
    found.set(what, (found.get(what) ?? new Set()).add(WHY[row[4]] ?? row[4]));
  }
  return [...found].map(([what, why]) => `${what}: ${[...why].join(", ")}`);
}

function below(found: Board): HTMLElement[] {
  const lines: [string, string[]][] = [
    ["Other offices", found.offices.map((row) => `${name(row[0])}, ${roleWord(row[1], row[5])}${marks(row, []).length ? ` (${marks(row, []).join(", ")})` : ""}`)],
    [found.partial ? "Nobody on record" : "Vacant", found.vacantNamed.map(([seat, number]) => (number > 1 ? `${seat}, ${number} places` : seat))],
    ["Announced", found.announced.map((row) => sentence(row[1]))],
    ["Public, and to come", found.pending.map((one) => `${sentence(one.n)}, ${when(one.n)}`)],
    ["Not certain", unsure(found.unmarked)],
  ];
  return lines.filter(([, items]) => items.length).map(([title, items]) =>
    h("p", { class: "below" }, h("b", {}, title + ": "), items.join("; ")));
}

/** The region of a board. */
export function boardRegion(side: Side, org: number, at: number, clock: number, k: Knowledge, alone: boolean): HTMLElement {
  const found = board(side.of, org, at, k, clock);
  const others = side.other ? tenuresAt(side.other, at, k).filter((row) => row[2] === org) : [];
  const has = (person: number, role: number) => others.some((row) => row[0] === person && row[1] === role);
  const other = side.other ? board(side.other, org, at, k, clock) : null;
  const seats = h("ol", { class: found.seats.length > SMALL ? "chairs many" : "chairs", "data-count": found.seats.length },
    ...found.seats.map((seat) => {
      const only = side.differs && seat.row !== null && !has(seat.row[0], seat.row[1]);
      const there = other?.seats[seat.chair];
      return chair(seat, found.partial, only, side.differs && seat.row === null && there?.row != null);
    }));
  seats.style.setProperty("--count", String(found.seats.length));
  found.seats.forEach((_, n) => {
    const from = (n + 0.5) / found.seats.length * 2 - 1;
    (seats.children[n] as HTMLElement).style.setProperty("--rise", String(Math.round(26 * from * from)));
  });
  const chiefs = found.executives.map((row) => executive(row, side.differs && !has(row[0], row[1]),
    found.doubts.filter((one) => one[0] === row[0] && one[1] === row[1]).map((one) => one[4])));
  const dissolved = found.dissolved && h("p", { class: "below" }, h("b", {}, "Dissolved: "), when(found.dissolved.n));
  const heading = h("h2", {}, side.title);
  return h("section", { class: alone ? "board alone" : "board", role: "region", "aria-label": alone ? "Board" : `Board, ${side.title.replace(/^W/, "w").replace(/^I/, "i")}` },
    h("div", { class: "beside" }, heading, doc.orgs.length > 1 && h("p", { class: "of" }, doc.orgs[org].name), side.remark && h("p", { class: "remark" }, side.remark),
      ...(found.executives.length || hasCeo(side.of, org) ? (chiefs.length ? chiefs : [executive(null, side.differs && Boolean(other?.executives.length), [])]) : [])),
    h("div", { class: "round" }, seats, found.seats.length > 0 && found.seats.length <= SMALL && h("div", { class: "table", "aria-hidden": "true" }),
      h("p", { class: "summary" }, summary(found, org)), dissolved, ...below(found)));
}

function hasCeo(of: Tables, org: number): boolean {
  return of.tenures.some((row) => row[2] === org && doc.roles[row[1]].id === "ceo");
}

export const clockOf = (at: number, exact: number): number => (at < 0 ? exact : Math.max(ms(at), exact));
