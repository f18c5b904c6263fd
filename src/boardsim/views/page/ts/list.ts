// Event by event: the list that the page was served with, marked for what is shown.

import { items, ordered, sentence } from "./data.js";
import { happened, isOtherwise, Knowledge, lostClause, ruling, tables, worlds } from "./facts.js";
import { h, $ } from "./dom.js";
import { compared, knowledge, now, State } from "./state.js";

const fates: HTMLElement[] = [], picks: HTMLElement[] = [];
const texts: string[] = []; // what is searched: what the record says, and not what became of it in the world that was shown before
const days = [...document.querySelectorAll<HTMLElement>("#list .day")];

/** Make the list work: each event can be picked. */
export function startList(pick: (n: number) => void): void {
  items.forEach((item, n) => {
    const text = item.querySelector("bdi")!;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      pick(n);
    };
    const button = h("span", { role: "button", class: "pick", tabindex: -1, click: () => pick(n), keydown: press }); // a button breaks no lines
    button.append(...text.childNodes);
    text.append(button);
    texts[n] = item.textContent!.toLowerCase();
    fates[n] = h("p", { class: "fate" });
    picks[n] = button;
    item.querySelector(".say")!.after(fates[n]);
  });
  $("list").addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    const shown = [...$("list").querySelectorAll<HTMLElement>(".pick")].filter((one) => one.offsetParent !== null);
    const next = shown[shown.indexOf(document.activeElement as HTMLElement) + step];
    if (next) { event.preventDefault(); event.stopPropagation(); next.focus(); }
  });
}

/** Why something did not happen in a world, in words. */
export function fate(other: string, n: number, k: Knowledge): string {
  const of = tables(other);
  const row = ruling(of, n, k);
  if (row === undefined) return "Not in this world.";
  if (row[1] === "dropped") return "Left out.";
  if (row[1] === "impossible") return `Could not have happened: ${row[4]}.`;
  if (row[1] === "orphaned") {
    const lost = lostClause(of, n, k).map((one) => {
      const other = ruling(of, one, k), outcome = other?.[1] === "effective" && other[2];
      if (outcome === "undetermined") return `it is not on record whether “${short(one)}” carried`;
      return `“${short(one)}” did not ${outcome ? "carry" : "happen"}`;
    });
    const verdict = row[4] ? "Is taken not to have happened" : "Would not have happened";
    return lost.length ? `${verdict}, since ${lost.join(" and ")}.` : "Would not have happened.";
  }
  if (other.includes(".") && row[2]) return row[2] === "carried" ? "Would have carried." : "Would not have carried.";
  return row[4] ? `${row[4][0].toUpperCase()}${row[4].slice(1)}.` : "";
}

export function short(n: number): string {
  const text = sentence(n);
  return text.length > 90 ? text.slice(0, 88).replace(/\s+\S*$/, "") + " …" : text;
}

export function showList(state: State): void {
  const k = knowledge(state), at = now(state), other = compared(state);
  const record = tables(""), world = other ? tables(other) : null;
  const own = new Set(other && worlds.get(other) ? worlds.get(other)!.own : []);
  const needle = state.filter.trim().toLowerCase();
  let tab = true, last = -1, day: Element | null = null;
  for (const one of ordered) {
    const item = items[one.n];
    const row = own.has(one.n) ? ruling(world!, one.n, k) : ruling(record, one.n, k);
    const later = state.known === "then" && one.at > at;
    const hidden = !row || later || (state.only && !one.moves) || (needle !== "" && !texts[one.n].includes(needle));
    if (item.hidden !== hidden) item.hidden = hidden;
    if (hidden) continue;
    const here = one.at === at, there = world ? ruling(world, one.n, k) : row;
    const lost = world !== null && !own.has(one.n) && isOtherwise(row!, there);
    const failed = world === null && !happened(row);
    mark(item, "now", here);
    mark(item, "same", one.at === last && item.parentElement === day);
    last = one.at;
    day = item.parentElement;
    mark(item, "past", one.at <= at);
    mark(item, "lost", lost);
    mark(item, "own", own.has(one.n));
    mark(item, "selected", state.selected === one.id);
    const line = fates[one.n];
    const text = lost ? fate(other, one.n, k) : own.has(one.n) ? "Only in this world." : failed && row![1] !== "effective" ? fate("", one.n, k) : "";
    if (line.textContent !== text) line.textContent = text;
    const reach = tab || state.selected === one.id ? 0 : -1;
    if (picks[one.n].tabIndex !== reach) picks[one.n].tabIndex = reach;
    tab = false;
  }
  for (const one of days) {
    const empty = !one.querySelector("li.ev:not([hidden])");
    if (one.hidden !== empty) one.hidden = empty;
  }
}

function mark(item: HTMLElement, name: string, on: boolean): void {
  if (item.classList.contains(name) !== on) item.classList.toggle(name, on);
}

/** Bring the events of the instant into view, within their own box. */
export function scrollList(): void {
  const box = $("list");
  const marked = [...box.querySelectorAll<HTMLElement>("li.now")].filter((one) => !one.hidden);
  const last = marked[0] ?? [...box.querySelectorAll<HTMLElement>("li.past")].filter((one) => !one.hidden).pop();
  if (last && box.scrollHeight > box.clientHeight) {
    box.scrollTop += last.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}
