// The vote: a cell a vote, the line that it needed, and ballots that can be flipped and are counted anew.

import { doc, events, when as moment, Vote } from "./data.js";
import { ruling, standing, tables, worlds } from "./facts.js";
import { Choice, CHOICES, Count, count, pivotal, turnsOn } from "./tally.js";
import { grouped, h, plural, put, $, Child } from "./dom.js";
import { compared, knowledge, now, profile, State, worldOfBallots, write } from "./state.js";

const LABEL: Record<Choice, string> = { for: "For", against: "Against", abstain: "Abstain", absent: "Absent", recused: "Recused" };
const OF: Record<string, string> = {
  "in-office": "in office", authorised: "authorised seats", present: "present", cast: "cast", eligible: "eligible",
};
const name = (person: number): string => doc.people[person].name;

function listed(people: number[]): string {
  const names = people.map(name), last = names.pop() ?? "";
  return names.length ? `${names.join(", ")} and ${last}` : last;
}

export type Flip = (vote: string, person: number, choice: Choice) => void;

/** The vote that was taken at the instant, or became known then; undefined where none was. */
export function voteOf(state: State): Vote | undefined {
  const at = now(state), k = knowledge(state);
  return at < 0 ? undefined : doc.votes.find((vote) => {
    const n = standing(tables(""), vote.event, k);
    return n !== null && (events[n].at === at || (state.known === "then" && events[n].public === at));
  });
}

/** The last vote that was taken by the instant; the first of all where none was. */
function latest(shown: Vote[], state: State): Vote | undefined {
  const here = now(state), k = knowledge(state);
  let found: Vote | undefined = shown[0], last = -1;
  for (const vote of shown) {
    const at = events[standing(tables(""), vote.event, k)!].at;
    if (at <= here && at >= last) [found, last] = [vote, at];
  }
  return found;
}

let drawn = "";

/** Show the votes that are public; of many, the one that was picked and a list to pick from. */
export function showVotes(state: State, opened: Vote | undefined, flip: Flip, back: () => void): void {
  const k = knowledge(state);
  const shown = doc.votes.filter((vote) => standing(tables(""), vote.event, k) !== null);
  const chosen = shown.find((vote) => vote.event === state.selected) ?? opened ?? shown.find((vote) => state.ballots.has(vote.event)) ?? latest(shown, state);
  const into = $("vote");
  const ballots = [...state.ballots].map(([vote, own]) => [vote, ...own]);
  const key = JSON.stringify([shown.map((vote) => standing(tables(""), vote.event, k)), chosen?.event, ballots, compared(state), compared(state) && k]);
  if (key === drawn && doc.live === null) return; // where the page is served, links in it tell of the instant, too
  drawn = key;
  if (!chosen) {
    put(into, h("p", { class: "quiet" }, doc.votes.length ? "No vote is public at this moment." : "No vote is on record."));
    return;
  }
  put(into, shown.length > 1 && picker(shown, chosen, state), ...one(chosen, state, flip, back));
}

let choose: (vote: string) => void = () => undefined;
export function onChoice(callback: (vote: string) => void): void { choose = callback; }

function picker(shown: Vote[], chosen: Vote, state: State): HTMLElement {
  const select = h("select", { id: "votepick", "aria-label": "Which vote" }, ...shown.map((vote) =>
    h("option", { value: vote.event, selected: vote === chosen }, vote.motion))) as HTMLSelectElement;
  select.addEventListener("change", () => choose(select.value));
  return h("p", {}, select, state.ballots.size ? " " : "");
}

function when(vote: Vote, state: State): string {
  const n = standing(tables(""), vote.event, knowledge(state));
  return n === null ? "" : moment(n);
}

function* one(vote: Vote, state: State, flip: Flip, back: () => void): Generator<Child> {
  const board = vote.board;
  yield h("p", { class: "motion" }, h("b", {}, vote.motion), `. ${when(vote, state)}.`);
  if (!board) {
    yield h("p", {}, `${vote.words[0].toUpperCase()}${vote.words.slice(1)}. Nobody’s ballot is on record by name.`);
    yield* inOtherWorld(vote, state);
    return;
  }
  const ballots = profile(state, vote.event), found = count(board, ballots);
  yield h("p", { class: "quiet" }, rule(vote, found), " Change a ballot and it is counted again.");
  yield cells(vote, state, found);
  yield h("p", { class: "verdict", "aria-live": "polite" }, h("b", {}, verdict(found)), " ", more(vote, state, found));
  yield h("div", { class: "ballots" }, ...board.members.map((member) => ballot(vote, member.person, state, flip)));
  if (vote.excluded.length) {
    const others = vote.excluded.filter(([, why]) => why !== "recused");
    if (others.length) yield h("p", { class: "quiet" }, "Not counted: " + others.map(([person, why]) => `${name(person)} (${why})`).join(", ") + ".");
  }
  const changed = state.ballots.size > 0 || state.world !== "" || state.drop !== "";
  yield h("p", {}, h("button", { type: "button", id: "back", disabled: !changed, click: back }, "Back to the record"));
  yield* missing(state);
  yield* inOtherWorld(vote, state);
}

function* missing(state: State): Generator<Child> {
  const wanted = worldOfBallots(state);
  if (wanted && !worlds.has(wanted)) {
    const there = `/?world=${encodeURIComponent(wanted)}${write(state)}`;
    yield doc.live === null
      ? h("p", { class: "quiet" }, "This combination of outcomes is not in this file; “boardsim serve” has every one.")
      : h("p", {}, h("a", { id: "combined", href: there }, "Show what follows if the votes come out so"));
  }
}

function* inOtherWorld(vote: Vote, state: State): Generator<Child> {
  const other = compared(state), k = knowledge(state), n = standing(tables(""), vote.event, k);
  const row = other && !other.includes(".") && n !== null ? ruling(tables(other), n, k) : undefined;
  if (row && row[4]) yield h("p", { class: "other" }, `${worlds.get(other)?.title ?? "Compared"}: ${row[1] === "effective" ? (row[2] ?? "") + ": " : ""}${row[4]}.`);
}

function rule(vote: Vote, found: Count): string {
  const board = vote.board!, { part, whole, strict, of } = board.threshold;
  const share = part === 1 && whole === 2 && strict ? "More than half" : strict ? `More than ${part}/${whole}` : part === whole ? "All" : `At least ${part}/${whole}`;
  const base: Record<string, string> = {
    "in-office": `of the ${grouped(found.of)} in office`, eligible: `of the ${grouped(found.of)} eligible`, authorised: `of the ${grouped(found.of)} authorised seats`,
    present: "of those present", cast: "of the votes cast",
  };
  const noun = board.members.some((one) => one.weight !== 1) ? "votes " : "";
  const quorum = found.quorum > 0n && !board.partial ? ` ${found.quorum} must take part.` : "";
  const casting = board.casting !== null ? ` ${name(board.casting)} decides a tie.` : "";
  const veto = board.members.filter((one) => one.veto);
  return `${share} ${noun}${base[of]} must vote for it.${quorum}${casting}${veto.length ? ` ${listed(veto.map((one) => one.person))} can veto it.` : ""}${board.partial ? " The board is only partly on record." : ""}`;
}

function verdict(found: Count): string {
  const outcome = { carried: "the motion carries.", failed: "the motion fails.", undetermined: "undetermined." }[found.outcome];
  return `${grouped(found.for)} of ${grouped(found.of)}, ${grouped(found.needed)} needed: ${outcome}`;
}

function more(vote: Vote, state: State, found: Count): string {
  const board = vote.board!, ballots = profile(state, vote.event), said: string[] = [];
  if (BigInt(found.present) < found.quorum && !found.unrecorded.length) said.push(`No quorum: ${found.present} took part.`);
  if (found.vetoed) said.push("Vetoed.");
  if (found.casting) said.push("Decided by the casting vote.");
  if (found.outcome === "undetermined") {
    const turns = turnsOn(board, ballots, found.unrecorded);
    said.push(turns === null ? "It turns on ballots that are not on record." : turns.length ? `It turns on ${listed(turns)}, whose ballots are not on record.` : "");
  } else {
    const on = pivotal(board, ballots);
    said.push(on.length ? `${listed(on)} ${on.length === 1 ? "was" : "were each"} pivotal.` : "Nobody’s ballot alone would have changed it.");
  }
  return said.filter(Boolean).join(" ");
}

/** A cell a vote of the base; who is for it first, then who is not. */
function cells(vote: Vote, state: State, found: Count): Child {
  const board = vote.board!, total = Number(found.of);
  if (total < 1 || total > 60) return null;
  const ballots = profile(state, vote.event), made: string[] = [];
  for (const choice of ["for", "against", "abstain", null, "absent"] as const) {
    for (const one of board.members) {
      const own = ballots.get(one.person) ?? null;
      if (own === choice) for (let n = 0; n < one.weight; n += 1) made.push(choice ?? "unknown");
    }
  }
  const row = h("div", { class: "cells", role: "img", "aria-label": `${found.for} for, of ${found.of} ${OF[board.threshold.of]}; ${found.needed} needed` });
  for (let n = 0; n < total; n += 1) row.append(h("span", { class: "cell " + (made[n] ?? "absent") + (n + 1 === Number(found.needed) ? " line" : "") }));
  return row;
}

function ballot(vote: Vote, person: number, state: State, flip: Flip): HTMLElement {
  const member = vote.board!.members.find((one) => one.person === person)!;
  const own = profile(state, vote.event).get(person) ?? null;
  const heading = h("legend", {}, name(person), member.weight !== 1 && h("span", { class: "small" }, ` ${plural(member.weight, "vote")}`));
  if (member.fixed) return h("fieldset", { class: "ballot" }, heading, h("span", { class: "quiet" }, "Recused: the motion concerns them"));
  const choices: Choice[] = member.ballot === "recused" ? [...CHOICES, "recused"] : CHOICES;
  const group = `${vote.event}-${doc.people[person].id}`;
  const buttons = choices.map((choice) => {
    const id = `b-${group}-${choice}`;
    const input = h("input", { type: "radio", name: group, id, value: choice, checked: own === choice }) as HTMLInputElement;
    input.addEventListener("change", () => flip(vote.event, person, choice));
    return h("span", {}, input, h("label", { for: id }, LABEL[choice]));
  });
  return h("fieldset", { class: own === member.ballot ? "ballot" : "ballot changed" }, heading, h("span", { class: "segments" }, ...buttons),
    own === null && h("span", { class: "small mark" }, "not on record"));
}
