// Why, and who says so: from an event to its roots, with AND and OR in words.

import { LOG, doc, events, sourcesOf, when, words } from "./data.js";
import { happened, Knowledge, ruling, standing, tables } from "./facts.js";
import { fate } from "./list.js";
import { h, put, $, Child } from "./dom.js";
import { compared, knowledge, now, State } from "./state.js";

const DEEPEST = 12;

/** The event that the panel is about: the one that was picked, else the first of the instant. */
export function subject(state: State): number | null {
  const k = knowledge(state), record = tables("");
  if (state.selected) {
    const picked = standing(record, state.selected, k) ?? events.find((one) => one.id === state.selected)?.n ?? null;
    if (picked !== null && (ruling(record, picked, k) || compared(state))) return picked;
  }
  return leading(state)[0] ?? null;
}

/** The events of the instant, those that move a seat first; only those that are known of. */
export function leading(state: State): number[] {
  const k = knowledge(state), at = now(state);
  const here = events.filter((one) => one.at === at && ruling(tables(""), one.n, k)).map((one) => one.n);
  const weight = (n: number) => (events[n].opens && events[n].moves ? 0 : events[n].moves ? 1 : 2);
  const own = (n: number) => (events[n].org === state.org ? 0 : 1);
  return here.sort((a, b) => own(a) - own(b) || weight(a) - weight(b) || a - b);
}

export function showWhy(state: State, leaveOut: (id: string) => void): void {
  const n = subject(state), into = $("why");
  if (n === null) {
    put($("whytitle"), "Why, and who says so");
    put(into, h("p", { class: "quiet" }, "Pick an event to see why it came about, and who says so."));
    return;
  }
  const text = words(n);
  put($("whytitle"), `Why, and who says so: ${text.length > 60 ? text.slice(0, 58).replace(/\s+\S*$/, "") + " …" : text}`);
  const offer = state.drop === events[n].id ? null
    : doc.drops === null ? h("p", { class: "quiet" }, "What if this had not happened? ", h("code", {}, `boardsim whatif ${LOG} --change 'drop ${events[n].id}'`))
    : h("p", {}, h("button", { type: "button", id: "leaveout", click: () => leaveOut(events[n].id) }, "What if this had not happened?"));
  put(into, offer, step(n, state, knowledge(state), new Set(), 0));
}

function step(n: number, state: State, k: Knowledge, seen: Set<number>, depth: number): HTMLElement {
  const other = compared(state);
  const row = h("div", { class: "step" }, h("p", {}, h("span", { class: "quiet" }, when(n) + " "), words(n)));
  for (const [part, look] of [[".span", "cites"], [".status", "small mark"]]) {
    if (words(n, part)) row.append(h("p", { class: look }, words(n, part)));
  }
  const named = sourcesOf(n);
  if (named.length) row.append(h("p", { class: "cites" }, ...cites(named)));
  const note = words(n, ".note");
  if (note) row.append(h("p", { class: "cites" }, note));
  if (other && ruling(tables(other), n, k) !== undefined && !happened(ruling(tables(other), n, k))) {
    row.append(h("p", { class: "fate" }, fate(other, n, k)));
  }
  if (seen.has(n) || depth > DEEPEST) return row;
  seen.add(n);
  row.append(...reasons(n, state, k, seen, depth).filter((child): child is HTMLElement => Boolean(child)));
  return row;
}

function reasons(n: number, state: State, k: Knowledge, seen: Set<number>, depth: number): Child[] {
  const made: Child[] = [];
  events[n].because.forEach((clause, place) => {
    const public_ = clause.map((id) => standing(tables(""), id, k)).filter((one): one is number => one !== null);
    const hidden = clause.length - public_.length;
    if (place > 0) made.push(h("p", { class: "joint" }, "and"));
    if (place === 0) made.push(h("p", { class: "joint" }, "because"));
    public_.forEach((one, number) => {
      if (number > 0) made.push(h("p", { class: "joint" }, `or (${public_.length > 2 ? "any" : "either"} would do)`));
      made.push(h("div", { class: "behind" }, step(one, state, k, seen, depth + 1)));
    });
    if (hidden) made.push(h("p", { class: "quiet" }, public_.length ? "or a reason that was not public yet" : "a reason that was not public yet"));
  });
  return made;
}

function cites(sources: number[]): Child[] {
  return sources.flatMap((number, place): Child[] => {
    const cited = document.getElementById("s" + number);
    return [place > 0 && "; ", cited?.textContent?.trim() ?? "", " ", h("a", { href: "#s" + number, class: "cite", "aria-label": `Source ${number}` }, `[${number}]`)];
  });
}
