// One state feeds every panel, and is kept in the hash.

import { doc, events, place, Vote } from "./data.js";
import { Knowledge, difference, standing, tables, worlds } from "./facts.js";
import { Choice, count, Profile } from "./tally.js";

export interface State {
  at: string; known: string; world: string; view: string; drop: string; filter: string; only: boolean;
  selected: string; org: number; ballots: Map<string, Map<number, Choice>>; lecture: boolean;
}

const BALLOT: Choice[] = ["for", "against", "abstain", "absent", "recused"];

export function initial(): State {
  return {
    at: doc.start === null ? "" : doc.times[doc.start],
    known: typeof doc.known === "number" ? doc.times[doc.known] : doc.known ?? "now",
    world: "", view: startView(), drop: "", filter: "", only: false, selected: "",
    org: Math.max(0, doc.orgs.findIndex((org) => org.id === doc.org)), ballots: new Map(), lecture: doc.lecture,
  };
}

/** The first window in which the start lies; the whole record has every instant. */
function startView(): string {
  const start = doc.start ?? 0;
  const found = doc.windows.findIndex((one) => one.from <= start && start < one.until);
  return String(found < 0 ? Math.max(0, doc.windows.length - 1) : found);
}

export const current: { state: State } = { state: initial() };

/** The state that a hash names; what it names wrongly is told in `faults`. */
export function read(hash: string): { state: State; faults: string[] } {
  const state = initial(), faults: string[] = [];
  const known = new URLSearchParams(hash.replace(/^#/, ""));
  const fault = (key: string) => { faults.push(`“${key}” in the address means nothing here`); };
  for (const [key, value] of known) {
    if (key === "at") place(value) === null ? fault(key) : (state.at = value);
    else if (key === "known") value !== "now" && value !== "then" && place(value) === null ? fault(key) : (state.known = value);
    else if (key === "world") worlds.has(value) ? (state.world = value) : fault(key);
    else if (key === "drop") difference("drop:" + value) ? (state.drop = value) : fault(key);
    else if (key === "view") isView(value) ? (state.view = value) : fault(key);
    else if (key === "filter") state.filter = value;
    else if (key === "only") state.only = value === "1";
    else if (key === "lecture") state.lecture = value === "1";
    else if (key === "selected") events.some((one) => one.id === value) ? (state.selected = value) : fault(key);
    else if (key === "org") doc.orgs.some((org) => org.id === value) ? (state.org = doc.orgs.findIndex((org) => org.id === value)) : fault(key);
    else if (key === "ballots") readBallots(value, state) || fault(key);
    else fault(key);
  }
  if (state.ballots.size) {
    const wanted = worldOfBallots(state);
    state.world = worlds.has(wanted) ? wanted : "";
  } else if (state.world) presume(state);
  return { state, faults };
}

function isView(value: string): boolean {
  if (/^\d+$/.test(value)) return Number(value) < doc.windows.length;
  const ends = value.split("..");
  return ends.length === 2 && ends.every((one) => place(one) !== null) && Date.parse(ends[0]) < Date.parse(ends[1]);
}

function readBallots(text: string, state: State): boolean {
  for (const one of text.split(",")) {
    const [vote, id, choice] = one.split(":");
    const found = doc.votes.find((each) => each.event === vote);
    const member = found?.board?.members.find((each) => doc.people[each.person].id === id);
    if (!found || !member || member.fixed || !BALLOT.includes(choice as Choice)) return false;
    flip(state, vote, member.person, choice as Choice);
  }
  return true;
}

/** The hash of a state: what is otherwise than at the start, and the instant. */
export function write(state: State): string {
  const start = initial(), found = new URLSearchParams();
  if (state.at) found.set("at", state.at); // a log without events has no instant
  if (state.known !== start.known) found.set("known", state.known);
  const flipped = [...state.ballots].flatMap(([vote, own]) => [...own].map(([person, choice]) => `${vote}:${doc.people[person].id}:${choice}`));
  if (state.world) found.set("world", state.world);
  if (flipped.length) found.set("ballots", flipped.join(","));
  for (const key of ["drop", "filter", "selected"] as const) if (state[key]) found.set(key, state[key]);
  if (state.view !== start.view) found.set("view", state.view);
  if (state.only) found.set("only", "1");
  if (state.lecture !== start.lecture) found.set("lecture", state.lecture ? "1" : "0");
  if (state.org !== start.org) found.set("org", doc.orgs[state.org].id);
  return "#" + found.toString().replace(/%3A/g, ":").replace(/%2C/g, ",");
}

export const now = (state: State): number => place(state.at) ?? -1;

export function knowledge(state: State): Knowledge {
  return state.known === "now" ? null : state.known === "then" ? now(state) : place(state.known);
}

// ---- votes --------------------------------------------------------------------------------------------------------

/** The ballots of a vote: those on record, and in their place those that were flipped. */
export function profile(state: State, vote: string): Profile {
  const found = doc.votes.find((one) => one.event === vote)!;
  const own = state.ballots.get(vote);
  return new Map(found.board!.members.map((one) => [one.person, own?.get(one.person) ?? (one.ballot as Choice | null)]));
}

/** Change a ballot; one that is as on record is no change. */
export function flip(state: State, vote: string, person: number, choice: Choice): void {
  const own = new Map(state.ballots.get(vote) ?? []);
  const before = doc.votes.find((one) => one.event === vote)!.board!.members.find((one) => one.person === person)!.ballot;
  if (choice === before) own.delete(person);
  else own.set(person, choice);
  state.ballots = new Map(state.ballots);
  if (own.size) state.ballots.set(vote, own);
  else state.ballots.delete(vote);
}

/** The world to which the flipped ballots lead, and what was supposed of votes without any; empty where all come out as on record. */
export function worldOfBallots(state: State): string {
  return doc.votes.flatMap((vote) => {
    if (!vote.board) return state.world.split("+").filter((part) => votedIn(part) === vote);
    if (!state.ballots.has(vote.event)) return [];
    const carried = count(vote.board, profile(state, vote.event)).outcome === "carried";
    return carried === (vote.outcome === "carried") ? [] : [`${vote.event}.${carried ? "carried" : "failed"}`];
  }).join("+");
}

/** The vote that comes out otherwise in a part of a world's name, `VOTE.carried` or `VOTE.failed`. */
export const votedIn = (part: string): Vote | undefined =>
  doc.votes.find((one) => part === one.event + ".carried" || part === one.event + ".failed");

/** For a world of votes: ballots that lead to it, changing as few people's as can be. */
export function presume(state: State): void {
  for (const part of state.world.split("+")) {
    const vote = votedIn(part);
    if (vote?.board) turn(state, vote.event, part.endsWith(".carried"));
  }
}

function turn(state: State, vote: string, carried: boolean): void {
  const members = doc.votes.find((one) => one.event === vote)!.board!.members.filter((one) => !one.fixed && one.ballot !== "recused");
  const board = doc.votes.find((one) => one.event === vote)!.board!;
  const want: Choice[] = carried ? ["for"] : ["against", "absent"];
  const done = () => (count(board, profile(state, vote)).outcome === "carried") === carried;
  const likely = [...members].sort((a, b) => Number(b.ballot === "for") - Number(a.ballot === "for"));
  for (const choice of want) {
    for (const one of likely) {
      const before = state.ballots;
      flip(state, vote, one.person, choice);
      if (done()) return;
      state.ballots = before;
    }
  }
  for (const choice of want) {
    const before = state.ballots;
    for (const one of likely) {
      flip(state, vote, one.person, choice);
      if (done()) return;
    }
    state.ballots = before;
  }
}

/** The world that is compared with the record: empty where none is. */
export function compared(state: State): string {
  return state.drop ? "drop:" + state.drop : state.world;
}

// ---- steps --------------------------------------------------------------------------------------------------------

/** The instants at which the slider stands: those of events and, as known then, those at which something became known. */
export function steps(state: State): number[] {
  const key = [state.known, compared(state)].join(" ");
  if (key !== stepsKey) [stepsKey, found] = [key, stepsOf(state)];
  return found;
}

let stepsKey = "?";
let found: number[] = [];

function stepsOf(state: State): number[] {
  const found = new Set<number>();
  const record = tables(""), other = compared(state), own = other && !other.startsWith("drop:") ? worlds.get(other)!.own : [];
  const k = state.known === "then" ? null : knowledge(state);
  for (const one of events) {
    if (standing(record, one.id, k) !== one.n && !own.includes(one.n)) continue;
    found.add(one.at);
    if (state.known === "then" && one.public > one.at) found.add(one.public);
  }
  return [...found].sort((a, b) => a - b);
}
