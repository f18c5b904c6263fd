// The page: one state, shown by every panel.

import { Ballots, LOG, Vote, doc, events, moment, ms, place, sentence, time, when, words } from "./data.js";
import { lost, ruling, tables, worlds } from "./facts.js";
import { boardRegion, clockOf, Side } from "./boards.js";
import { areSuited, dayEnd, dayNumber, drawLanes, moveCursor } from "./lanes.js";
import { scrollList, showList, startList } from "./list.js";
import { onChoice, showVotes, voteOf } from "./vote.js";
import { leading, showWhy } from "./why.js";
import { announce, h, plural, put, $ } from "./dom.js";
import { Choice, count } from "./tally.js";
import { compared, current, flip, initial, knowledge, now, presume, read, State, steps, votedIn, worldOfBallots, write } from "./state.js";

let points: number[] = [];
let playing: number | null = null;
let lanesKey = "";
let opened: Vote | undefined;
let atVote = false;

const field = (id: string) => $(id) as HTMLInputElement;

/** Change the state, and show it. */
function change(changed: Partial<State>, quiet = false): void {
  const state = { ...current.state, ...changed };
  current.state = state;
  try {
    history.replaceState(null, "", write(state));
  } catch {
    // a frame of a notebook has no address of its own
  }
  show();
  if (quiet || !isWhole) return;
  scrollList();
  scrollToVote();
}

function show(): void {
  const state = current.state;
  points = steps(state);
  const index = stepOf(state);
  where(state, index);
  boards(state);
  controls(state, index);
  if (!isWhole) return;
  lanes(state);
  showList(state);
  opened = state.lecture && exactly(state) ? voteOf(state) : undefined;
  showVotes(state, opened, ballot, back);
  votebox().classList.toggle("open", opened !== undefined);
  showWhy(state, leaveOut);
  findings(state);
  settle();
}

let isWhole = false;

/** After the first paint, for which the board is enough: the lanes, the list and all that stands below. */
function whole(): void {
  if (isWhole) return;
  isWhole = true;
  startList((n) => change({ selected: events[n].id, at: doc.times[events[n].at] }, true));
  new ResizeObserver(() => lanes(current.state, true)).observe($("lanes"));
  show();
  scrollList();
  scrollToVote();
  document.documentElement.classList.add("whole");
}

let settling = 0;

/** While the instant moves, what lies beyond the screen is not laid out; it is as soon as the page rests. */
function settle(): void {
  const page = document.documentElement.classList;
  page.remove("rest");
  window.clearTimeout(settling);
  settling = window.setTimeout(() => {
    const grows = !page.contains("laid");
    page.add("rest", "laid");
    if (!areSuited()) lanes(current.state, true);
    if (grows) scrollList(); // until now the days of the list had heights that were guessed
  }, 600);
}

// ---- a lecture ----------------------------------------------------------------------------------------------------

const votebox = (): HTMLElement => $("vote").closest("section")!;

/** In a lecture, bring the vote of a step before the class, and the board again with the step after it. */
function scrollToVote(): void {
  if (opened) bring(votebox());
  else if (atVote) bring($("boards"));
  if (opened && !atVote) announce(`The vote is open: ${opened.motion}. Change a ballot and it is counted again.`);
  atVote = opened !== undefined;
}

/** Scroll something to where it begins below what stays on top. */
function bring(into: HTMLElement): void {
  const above = document.querySelector(".where")!.getBoundingClientRect().height;
  window.scrollBy(0, into.getBoundingClientRect().top - above - 12);
}

/** The last step at or before the instant. */
function stepOf(state: State): number {
  const at = now(state);
  let index = points.findIndex((one) => one > at);
  if (index < 0) index = points.length;
  return index - 1;
}

// ---- where we are -------------------------------------------------------------------------------------------------

function exactly(state: State): boolean {
  const at = now(state);
  return at >= 0 && state.at !== "" && doc.times[at] === normal(state.at);
}

const isoOf = (at: number): string => new Date(Math.round(at / 1000) * 1000).toISOString().replace(".000Z", "Z");

const normal = (iso: string): string => (iso.endsWith("Z") ? iso : new Date(iso).toISOString().replace(".000Z", "Z"));

function clockText(state: State): string {
  if (state.at === "") return "";
  const at = now(state), secret = events.find((one) => one.at === at && ruling(tables(""), one.n, null))?.n;
  const here = exactly(state) ? leading(state)[0] ?? secret : undefined;
  return here !== undefined ? when(here) : moment(time(state.at));
}

function leadText(state: State): string {
  const at = now(state), k = knowledge(state), found = exactly(state) ? leading(state) : [];
  if (found.length) {
    const rest = found.length - 1;
    const row = ruling(tables(""), found[0], k)!;
    const fault = row[1] === "effective" ? "" : ` (${row[1]}: ${row[4] ?? "its reason is gone"})`;
    return words(found[0]).replace(/\.$/, "") + fault + (rest ? ` (and ${rest} more)` : rest === 0 && !fault && /[.!?]$/.test(words(found[0])) ? "." : "");
  }
  const secret = exactly(state) && events.some((one) => one.at === at && ruling(tables(""), one.n, null));
  if (secret && state.known !== "now") return "Something happens that nobody outside knows yet.";
  const learned = exactly(state) ? events.filter((one) => one.public === at && one.at < at && ruling(tables(""), one.n, k)) : [];
  if (learned.length) return `It becomes known: ${sentence(learned[0].n)}${learned.length > 1 ? ` (and ${learned.length - 1} more)` : ""}`;
  const last = events.filter((one) => one.at <= at && ruling(tables(""), one.n, k)).sort((a, b) => b.at - a.at)[0];
  return last ? `Nothing is on record of this moment. Last: ${sentence(last.n)}` : events.length ? "Before the first event on record." : "No event is on record.";
}

function where(state: State, index: number): void {
  const clock = clockText(state), lead = leadText(state);
  put($("clock"), clock);
  put($("lead"), lead);
  const slider = field("slider");
  slider.max = String(Math.max(0, points.length - 1));
  slider.value = String(Math.max(0, index));
  slider.setAttribute("aria-valuetext", `${clock}: ${lead}`);
  document.documentElement.classList.toggle("lecture", state.lecture);
  const note = leading(state).map((n) => words(n, ".note")).find(Boolean) ?? "";
  put($("presenter"), state.lecture ? note : "");
}

// ---- boards -------------------------------------------------------------------------------------------------------

function boards(state: State): void {
  const at = now(state), k = knowledge(state), other = compared(state), clock = clockOf(at, time(state.at));
  const record = tables(""), then = state.known !== "now";
  const left: Side = {
    title: then ? "As the public knew it" : "What happened", of: record, other: other ? tables(other) : null, differs: false,
    remark: then ? (state.known === "then" ? "Only what had become public by this moment." : `Only what was public by ${moment(time(state.known))}.`)
      : other ? "As recorded, with hindsight." : null,
  };
  const made = [boardRegion(left, state.org, at, clock, k, !other)];
  if (other) {
    const world = worlds.get(other), there = tables(other);
    const beyond = world?.horizon != null && at > world.horizon;
    const gone = lost(there, k, state.drop), remark = [world?.question, beyond ? "This lies beyond the horizon of the scenario, which says nothing of it." : null,
      gone ? `${plural(gone, "event")} would not have happened, or not in this way.`
        : `Nothing else would have been otherwise${then ? ", by what was public" : ""}.`, world?.remark,
      state.drop && "Open orders of events are not asked about here."].filter(Boolean).join(" ");
    const right: Side = { title: titleOf(state), of: there, other: record, differs: true, remark };
    const region = boardRegion(right, state.org, at, clock, k, false);
    region.classList.add("world");
    made.push(region);
  }
  put($("boards"), ...made);
  $("boards").classList.toggle("two", Boolean(other));
}

function titleOf(state: State): string {
  if (!state.drop) return worlds.get(compared(state))!.title;
  const found = events.find((one) => one.id === state.drop)!;
  const text = sentence(found.n);
  return `Without: ${text.length > 70 ? text.slice(0, 68).replace(/\s+\S*$/, "") + " …" : text}`;
}

const MOST_TABS = 6;

function tabs(): void {
  const used = new Set(doc.tenures.filter((row) => doc.roles[row[1]].kind !== "staff").map((row) => row[2] as number));
  const shown = doc.orgs.map((_, n) => n).filter((n) => used.has(n) || n === initial().org);
  if (shown.length < 2) return;
  if (shown.length > MOST_TABS) {
    const select = h("select", { id: "org" }, ...shown.map((n) => h("option", { value: n }, doc.orgs[n].name))) as HTMLSelectElement;
    select.addEventListener("change", () => change({ org: Number(select.value) }));
    $("tabs").append(h("p", { class: "tabs" }, h("label", { for: "org", class: "quiet" }, "Organization "), select));
    return;
  }
  const set = h("fieldset", { class: "tabs" }, h("legend", { class: "sr" }, "Organization"),
    h("span", { class: "segments" }, ...shown.map((n) => {
      const input = h("input", { type: "radio", name: "org", id: "org" + n, value: n }) as HTMLInputElement;
      input.addEventListener("change", () => change({ org: n }));
      return h("span", {}, input, h("label", { for: "org" + n }, doc.orgs[n].name));
    })));
  $("tabs").append(set);
}

// ---- lanes --------------------------------------------------------------------------------------------------------

function ends(state: State): [number, number] {
  const own = state.view.split("..");
  if (own.length === 2) return [time(own[0]), time(own[1])];
  const window = doc.windows[Number(state.view)];
  if (!window) return [0, 1];
  const from = ms(window.from), until = ms(window.until), all = Number(state.view) === doc.windows.length - 1;
  const pad = all ? Math.max(1, until - from) * 0.02 : 0;
  return [from - pad, until + pad];
}

function lanes(state: State, always = false): void {
  if (!doc.windows.length) {
    $("lanes").parentElement!.hidden = true; // there is no time to show
    return;
  }
  const [from, until] = ends(state), other = compared(state), at = clockOf(now(state), time(state.at)), k = knowledge(state);
  const days = (until - from) / 86400000;
  put($("scale"), days <= 12 ? "Hour by hour" : days <= 100 ? "Day by day" : days <= 900 ? "Month by month" : "Year by year");
  const key = [from, until, other, state.known, state.org, state.lecture, state.known === "then" ? at : ""].join();
  if (key === lanesKey && !always) return moveCursor(at);
  lanesKey = key;
  drawLanes($("lanes"), {
    record: tables(""), other: other ? tables(other) : null, k, org: state.org, from, until, at,
    limit: state.known === "then" ? at : k === null ? Infinity : time(state.known),
  }, (moved) => {
    const step = points.filter((one) => ms(one) <= moved).pop() ?? points[0];
    if (step !== undefined && doc.times[step] !== current.state.at) change({ at: doc.times[step], selected: "" });
  });
}

function zoom(factor: number): void {
  const [from, until] = ends(current.state), at = time(current.state.at), all = ends({ ...current.state, view: String(doc.windows.length - 1) });
  const middle = at >= from && at <= until ? at : (from + until) / 2, half = Math.max((until - from) * factor / 2, 1800000);
  const a = Math.max(middle - half, all[0]), b = Math.min(middle + half, all[1]);
  change({ view: `${isoOf(a)}..${isoOf(b)}` }, true);
}

// ---- findings -----------------------------------------------------------------------------------------------------

function findings(state: State): void {
  const at = now(state);
  document.querySelectorAll<HTMLElement>("#rules li").forEach((item, n) => {
    const one = doc.findings[n];
    item.classList.toggle("now", Boolean(one) && (one.from === null || one.from <= at) && (one.until === null || at < one.until));
  });
}

// ---- controls -----------------------------------------------------------------------------------------------------

function controls(state: State, index: number): void {
  field("seen-now").checked = state.known === "now";
  field("seen-then").checked = state.known === "then";
  field("seen-date").checked = state.known !== "now" && state.known !== "then";
  $("datebox").hidden = !field("seen-date").checked;
  if (field("seen-date").checked) field("date").value = dayNumber(time(state.known));
  document.querySelectorAll<HTMLInputElement>("input[name=view]").forEach((one) => { one.checked = one.value === state.view; });
  document.querySelectorAll<HTMLInputElement>("input[name=org]").forEach((one) => { one.checked = one.value === String(state.org); });
  if ($("org")) field("org").value = String(state.org);
  const select = $("compare") as HTMLSelectElement;
  select.querySelector("option.drop")?.remove();
  if (state.drop) select.append(h("option", { value: "drop", class: "drop" }, titleOf(state)));
  select.value = state.drop ? "drop" : state.world;
  field("filter").value = state.filter;
  field("only").checked = state.only;
  $("previous").ariaDisabled = `${index <= 0}`; // and not disabled, which would take the focus from it
  $("next").ariaDisabled = `${index >= points.length - 1}`;
  for (const id of ["play", "slider"]) field(id).disabled = points.length < 2;
  put($("play"), playing === null ? "Play" : "Pause");
}

function go(step: number): void {
  const bounded = Math.min(points.length - 1, Math.max(0, step));
  if (points.length) change({ at: doc.times[points[bounded]], selected: "" });
}

function play(): void {
  if (playing !== null) {
    window.clearInterval(playing);
    playing = null;
  } else {
    if (stepOf(current.state) >= points.length - 1) go(0);
    playing = window.setInterval(() => {
      if (stepOf(current.state) >= points.length - 1) play();
      else go(stepOf(current.state) + 1);
    }, 1200);
  }
  put($("play"), playing === null ? "Play" : "Pause");
}

function ballot(vote: string, person: number, choice: any): void {
  const state = { ...current.state, ballots: new Map(current.state.ballots), drop: "" };
  flip(state, vote, person, choice);
  const wanted = worldOfBallots(state);
  change({ ballots: state.ballots, drop: "", world: worlds.has(wanted) ? wanted : "" }, true);
  announce(worlds.has(wanted) ? `Compared with: ${worlds.get(wanted)!.title}` : "As on record.");
}

function back(): void {
  change({ ballots: new Map(), world: "", drop: "" }, true);
  announce("Back to the record.");
  $("clock").focus();
}

function leaveOut(id: string): void {
  change({ drop: id, world: "", ballots: new Map(), selected: id }, true);
  announce("Compared with the world in which this did not happen.");
  $("whytitle").focus();
}

function compare(value: string): void {
  if (value === "drop") return;
  const state: State = { ...current.state, world: value, drop: "", ballots: new Map() };
  if (value) presume(state);
  change({ world: value, drop: "", ballots: state.ballots }, true);
}

/** The command that answers the same: a snapshot of the log or of a scenario, or what is otherwise in a world without a name. */
function command(state: State): string {
  const known = state.known === "now" ? "" : ` --known ${state.known === "then" ? state.at : state.known}`;
  const when = (state.at && ` --at ${state.at}`) + known, made = changes(state);
  if (made.length) return `boardsim whatif ${LOG} ${made.map((one) => `--change '${one}'`).join(" ")}${when}`;
  const org = doc.orgs[state.org]?.id;
  return `boardsim snapshot ${state.world || LOG}${org ? ` --org ${org}` : ""}${when}`;
}

/** What is changed in the world that is shown, as `--change` takes it; nothing in a scenario, which has a name. */
function changes(state: State): string[] {
  if (state.drop) return [`drop ${state.drop}`];
  const counted = state.world.split("+").filter((part) => votedIn(part)?.board === null);
  return [...counted.map((part) => part.replace(/\.([a-z]+)$/, ": $1")), ...[...state.ballots].flatMap(([vote, own]) => [...own].map(([person, choice]) => `${vote}: ${doc.people[person].id} ${choice}`))];
}

/** Give the log that the page carries, to the letter, as a file. */
function download(): void {
  const address = URL.createObjectURL(new Blob([doc.log!], { type: "application/jsonl" }));
  h("a", { href: address, download: `${doc.case}.jsonl` }).click();
}

async function copy(text: string): Promise<void> {
  field("copied").value = text;
  $("copybox").hidden = false;
  field("copied").focus();
  field("copied").select();
  try {
    await navigator.clipboard.writeText(text);
    announce("Copied.");
  } catch {
    announce("Select and copy the text.");
  }
}

function start(): void {
  document.documentElement.classList.add("js");
  tabs();
  onChoice((vote) => change({ selected: vote }, true));
  const click = (id: string, act: () => void) => $(id).addEventListener("click", act);
  click("previous", () => go(stepOf(current.state) - 1));
  click("next", () => go(stepOf(current.state) + 1));
  click("play", play);
  click("zoomin", () => zoom(0.5));
  click("zoomout", () => zoom(2));
  click("link", () => void copy(location.href.replace(/#.*/, "") + write(current.state)));
  click("command", () => void copy(command(current.state)));
  if (doc.log) click("log", download);
  click("lecture", () => change({ lecture: !current.state.lecture }, true));
  field("slider").addEventListener("input", () => go(Number(field("slider").value)));
  field("seen-now").addEventListener("change", () => change({ known: "now" }));
  field("seen-then").addEventListener("change", () => change({ known: "then" }));
  field("seen-date").addEventListener("change", () => change({ known: current.state.at }));
  field("date").addEventListener("change", () => {
    const end = dayEnd(field("date").value); // no number while the field is empty
    if (end && place(isoOf(end)) !== null) change({ known: isoOf(end) });
  });
  ($("compare") as HTMLSelectElement).addEventListener("change", (event) => compare((event.target as HTMLSelectElement).value));
  document.querySelectorAll<HTMLInputElement>("input[name=view]").forEach((one) => one.addEventListener("change", () => change({ view: one.value }, true)));
  field("filter").addEventListener("input", () => change({ filter: field("filter").value }, true));
  field("only").addEventListener("change", () => change({ only: field("only").checked }));
  if (location.protocol === "about:") inFrame();
  document.addEventListener("keydown", keys);
  window.addEventListener("hashchange", restore);
  window.addEventListener("beforeprint", () => { whole(); lanes(current.state, true); });
  restore();
  requestAnimationFrame(() => window.setTimeout(whole));
}

/** A frame of a notebook has no address: there is no link to copy, and one within the page would lead to the notebook. */
function inFrame(): void {
  $("link").hidden = true;
  document.addEventListener("click", (event) => {
    const to = (event.target as Element).closest("a[href^='#']")?.getAttribute("href");
    if (!to) return;
    event.preventDefault();
    $(to.slice(1)).scrollIntoView();
  });
}

function restore(): void {
  if (document.getElementById(location.hash.slice(1))) { // a source, or the board: a place of the page, and no state
    if (!points.length) show();
    return;
  }
  const { state, faults } = read(location.hash);
  current.state = faults.length ? initial() : state;
  put($("fault"), faults.length ? `${faults.join("; ")}. This is the page as it opens.` : "");
  show();
  if (!isWhole) return;
  scrollList();
  scrollToVote();
}

function keys(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.altKey || event.metaKey || target.closest("input:not([type=range]), select, textarea, button, [role=button], a")) {
    if (!(event.key === "j" || event.key === "k") || target.closest("input[type=search], input[type=date], select, #copied")) return;
  }
  const step = stepOf(current.state);
  const moves: Record<string, () => void> = {
    ArrowRight: () => go(step + 1), ArrowLeft: () => go(step - 1), j: () => go(step + 1), k: () => go(step - 1),
    Home: () => go(0), End: () => go(points.length - 1), " ": play, PageDown: () => go(step + 10), PageUp: () => go(step - 10),
  };
  if (target.id === "slider" && event.key !== " " && event.key !== "j" && event.key !== "k") return;
  if ((event.key === "PageDown" || event.key === "PageUp" || event.key === "Home" || event.key === "End") && !current.state.lecture) return;
  const act = moves[event.key];
  if (act) { event.preventDefault(); act(); }
}

/** Where the page is served: look whether its files were edited, and load it anew if they were. */
function watch(): void {
  window.setInterval(async () => {
    try {
      const found = await fetch("/version");
      if (found.ok && (await found.text()) !== doc.live) location.reload();
    } catch {
      announce("The server has stopped.");
    }
  }, 1000);
}
if (doc.live !== null) watch();

/** What tests, and the curious, can ask of the page's own count of ballots. */
(window as any).boardsim = {
  count: (board: Ballots, choices: Record<string, Choice | null>) => {
    const found = count(board, new Map(board.members.map((one) => [one.person, choices[one.person] ?? null])));
    const text = [found.for, found.needed, found.of, found.quorum].map(String);
    return [found.outcome, ...text, found.present, found.casting, found.vetoed, found.unrecorded];
  },
};

start();
