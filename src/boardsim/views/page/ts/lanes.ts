// The lanes: a row a person, the seat above, offices below, in true time.

import { clockOf, clocks, doc, events, ms, moment, since, Row, Tables } from "./data.js";
import { DIRECTOR, CEO, CHAIR, Knowledge, kind, known, ruling, happened, tenuresKnown } from "./facts.js";
import { DOUBTFUL, roleWord } from "./boards.js";
import { grouped, h, put, s } from "./dom.js";

const ROW = 27, MARKS = 58, SIZES = 20, MOST = 50, NARROW = 620, MOST_DRAWN_ANEW = 2000;
const NAMES = [142, 230], LETTER = 6.6; // how wide the column of names is at least and at most, and a letter of it

export interface Question {
  record: Tables; other: Tables | null; k: Knowledge; org: number; from: number; until: number; at: number;
  limit: number; // until when anything can be known in that state of knowledge
}
interface Bar { row: Row; person: number; from: number; until: number; level: 0 | 1; fill: string; hollow: boolean; open: [number, number] | null; end: [number, number] | null;
  said: string[] }

const parts = clocks({
  hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
});

function local(at: number): number[] {
  const found: Record<string, number> = {};
  for (const part of parts().formatToParts(new Date(at))) if (part.type !== "literal") found[part.type] = Number(part.value);
  return [found.year, found.month - 1, found.day, found.hour, found.minute, found.second];
}

/** The day of an instant on the calendar of the log's zone, as `2023-11-17`. */
export function dayNumber(at: number): string {
  const [year, month, day] = local(at);
  return `${String(year).padStart(4, "0")}-${[month + 1, day].map((one) => String(one).padStart(2, "0")).join("-")}`;
}

/** The last second of such a day. */
export function dayEnd(text: string): number {
  const [year, month, day] = text.split("-").map(Number);
  return instant(year, month - 1, day + 1) - 1000;
}

/** The instant at which the clocks of the log's zone show this. */
function instant(year: number, month: number, day: number, hour = 0): number {
  const wanted = utc(year, month, day, hour);
  let at = wanted;
  for (let n = 0; n < 3; n += 1) {
    const [y, mo, d, hh, mi, ss] = local(at);
    at += wanted - (utc(y, mo, d, hh) + mi * 60000 + ss * 1000);
  }
  return at;
}

function utc(year: number, month: number, day: number, hour: number): number {
  const found = new Date(Date.UTC(2000, month, day, hour));
  found.setUTCFullYear(year + found.getUTCFullYear() - 2000);
  return found.getTime();
}

const format = (options: Intl.DateTimeFormatOptions) => {
  const made = clocks(options);
  return (at: number) => made().format(new Date(at));
};
const DAY = format({ weekday: "short" }), MONTH = format({ month: "short" }), YEAR = format({ year: "numeric" });
const HOUR = format({ hour: "numeric" }), MINUTE = format({ hour: "numeric", minute: "2-digit" });
const AN_HOUR = 3600000, A_DAY = 24 * AN_HOUR;

interface Tick { at: number; label: string; strong: boolean }

type Ticks = { ticks: Tick[]; bands: [number, number][] };

function ticks(from: number, until: number, width: number): Ticks {
  const days = (until - from) / A_DAY, room = (length: number) => width * length / days;
  const found = days <= 12 ? hours(from, until, room) : days <= 100 ? dates(from, days, room) : days <= 900 ? months(from, days, room) : years(from, days, room);
  const shown = found.ticks.filter((tick) => tick.at >= from && tick.at < until);
  if (days <= 12 && !shown.some((tick) => tick.strong)) shown.push({ at: from, label: dayOf(from), strong: true }); // of which day the hours are
  return { ticks: shown, bands: found.bands };
}

const dayOf = (at: number): string => `${DAY(at)} ${local(at)[2]}`;

/** Days, and between them hours or minutes for which there is room; `room` is how many pixels some days have. */
function hours(from: number, until: number, room: (days: number) => number): Ticks {
  const found: Ticks = { ticks: [], bands: [] }, [year, month, day] = local(from);
  const step = [5, 15, 30, 60, 180, 360, 720].find((one) => room(one / 1440) > (one < 60 ? 80 : one < 720 ? 60 : 38)) ?? 1440;
  for (let n = 0; instant(year, month, day + n) < until; n += 1) {
    const start = instant(year, month, day + n);
    if (n % 2 === 0) found.bands.push([start, instant(year, month, day + n + 1)]);
    found.ticks.push({ at: start, label: dayOf(start), strong: true });
    for (let minute = step; minute < 1440; minute += step) {
      if (start + minute * 60000 < from - AN_HOUR || start + minute * 60000 > until + AN_HOUR) continue; // an hour more, as clocks are changed
      const at = instant(year, month, day + n, Math.floor(minute / 60)) + minute % 60 * 60000;
      found.ticks.push({ at, label: minute === 720 ? "noon" : (minute % 60 ? MINUTE : HOUR)(at), strong: false });
    }
  }
  return found;
}

function dates(from: number, days: number, room: (days: number) => number): Ticks {
  const found: Ticks = { ticks: [], bands: [] }, [year, month, day] = local(from);
  const step = [1, 2, 7].find((one) => room(one) > 62) ?? 14;
  for (let n = 0; n <= days + step; n += step) {
    const at = instant(year, month, day + n);
    if ((n / step) % 2 === 0) found.bands.push([at, instant(year, month, day + n + step)]);
    const opens = at >= from && !found.ticks.some((tick) => tick.strong);
    found.ticks.push({ at, label: `${MONTH(at)} ${local(at)[2]}${opens ? `, ${YEAR(at)}` : ""}`, strong: opens });
  }
  return found;
}

function months(from: number, days: number, room: (days: number) => number): Ticks {
  const found: Ticks = { ticks: [], bands: [] }, [year, month] = local(from);
  const step = [1, 2, 3, 6].find((one) => room(30 * one) >= 62) ?? 12, first = Math.floor(month / step) * step;
  for (let n = 0; n <= days / 28 + step * 2; n += step) {
    const at = instant(year, first + n, 1), end = instant(year, first + n + step, 1);
    if ((n / step) % 2 === 0) found.bands.push([at, end]);
    const opens = at >= from && !found.ticks.some((tick) => tick.at >= from && tick.label.includes(YEAR(at)));
    found.ticks.push({ at, label: opens ? `${MONTH(at)} ${YEAR(at)}` : MONTH(at), strong: opens });
  }
  return found;
}

function years(from: number, days: number, room: (days: number) => number): Ticks {
  const found: Ticks = { ticks: [], bands: [] }, [year] = local(from);
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => room(365 * one) >= 62) ?? 1000;
  const first = Math.floor(year / step) * step;
  for (let n = 0; n <= days / 365 / step + 2; n += 1) {
    const at = instant(first + n * step, 0, 1), end = instant(first + (n + 1) * step, 0, 1);
    if (n % 2 === 0) found.bands.push([at, end]);
    found.ticks.push({ at, label: String(first + n * step), strong: true });
  }
  return found;
}

const end = (at: number | null, otherwise: number): number => (at === null ? otherwise : ms(at));

function bar(row: Row, limit: number, hollow: boolean): Bar {
  const opening = events[row[3]], closing = row[4] === null ? null : events[row[4]];
  const level = row[1] === DIRECTOR ? 0 : 1;
  const span = (one: typeof opening | null): [number, number] | null =>
    one && one.not_after !== null && (one.not_before !== null || clockOf(one.n) === "time not known")
      ? [one.not_before === null ? ms(one.not_after) - 86400000 * 30 : ms(one.not_before), Math.min(ms(one.not_after), limit)] : null;
  return {
    row, person: row[0], from: end(row[7], -Infinity), until: Math.min(end(row[8], Infinity), limit), level, hollow,
    fill: level === 0 ? "seat" : row[1] === CEO ? "chief" : "office", open: span(opening), end: span(closing),
    said: [...new Set([opening.status, closing?.status ?? ""].filter((one) => DOUBTFUL.includes(one)))],
  };
}

function shown(row: Row, org: number): boolean {
  return row[2] === org && kind(row) !== "staff" && row[1] !== CHAIR;
}

/** What is held in the one world and not in the other, as rows with the times in which that is so. */
function only(rows: Row[], others: Row[]): Row[] {
  const found: Row[] = [];
  for (const row of rows) {
    let pieces: [number | null, number | null][] = [[row[7], row[8]]];
    for (const other of others) {
      if (other[0] !== row[0] || other[1] !== row[1] || other[2] !== row[2]) continue;
      pieces = pieces.flatMap(([a, b]) => without(a, b, other[7], other[8]));
    }
    for (const [a, b] of pieces) found.push([...row.slice(0, 7), a, b, row[9], row[10]]);
  }
  return found;
}

function without(a: number | null, b: number | null, c: number | null, d: number | null): [number | null, number | null][] {
  const low = (one: number | null) => (one === null ? -1 : one), high = (one: number | null) => (one === null ? Infinity : one);
  if (high(d) <= low(a) || high(b) <= low(c)) return [[a, b]];
  const found: [number | null, number | null][] = [];
  if (low(a) < low(c)) found.push([a, c]);
  if (high(d) < high(b)) found.push([d, b]);
  return found;
}

let everybody = false;
let wanted = "";

let placed: (at: number) => void = () => undefined;
let notes: [SVGElement, number][] = [];

let suits: (at: number) => boolean = () => true;
let cursorAt = 0;

/** Whether those whose lanes were drawn are the right ones for where the cursor is; in large logs it takes too long to draw others. */
export const areSuited = (): boolean => events.length > MOST_DRAWN_ANEW || suits(cursorAt);

/** Move the cursor of the lanes that were drawn, and show what had ended by then; nothing else of them depends on it. */
export function moveCursor(at: number): void {
  cursorAt = at;
  placed(at);
  for (const [note, ended] of notes) note.setAttribute("visibility", ended <= at ? "visible" : "hidden");
}

/** Draw the lanes anew; `move` takes the instant under a finger or a mouse. */
export function drawLanes(into: HTMLElement, question: Question, move: (at: number) => void): void {
  const { from, until, at } = question;
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16; // in a lecture type is larger
  const width = Math.max(260, into.clientWidth / scale), narrow = width < NARROW;
  const limit = Math.min(question.limit, until);
  const own = tenuresKnown(question.record, question.k).filter((row) => shown(row, question.org));
  const theirs = question.other ? tenuresKnown(question.other, question.k).filter((row) => shown(row, question.org)) : [];
  const bars = [
    ...own.map((row) => bar(row, limit, false)),
    ...(question.other ? only(theirs, own).map((row) => bar(row, limit, true)) : []),
  ].filter((one) => one.from < limit + (limit < until ? 1 : 0) && one.until > from && one.until >= one.from);
  const [people, others] = rows(bars, at);
  const longest = Math.max(...people.map((person) => doc.people[person].name.length), 0);
  const left = narrow ? 0 : Math.min(NAMES[1], Math.max(NAMES[0], longest * LETTER + 16)), right = width - 10;
  const x = (one: number) => left + (Math.min(Math.max(one, from), until) - from) / (until - from) * (right - left);
  const seats = own.filter((row) => row[1] === DIRECTOR), top = MARKS + (seats.length ? SIZES : 0);
  const height = top + Math.max(1, people.length) * (narrow ? ROW + 10 : ROW) + 6;
  const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, width: width * scale, height: height * scale, role: "img", class: "lanes",
    "aria-label": `${people.length} people from ${moment(from)} to ${moment(until)}; the events are listed below` });
  notes = [];
  axis(svg, question, x, width - left, height, narrow);
  people.forEach((person, n) => lane(svg, bars.filter((one) => one.person === person), person, top + n * (narrow ? ROW + 10 : ROW), x, left, narrow, question));
  marksRow(svg, question, x, limit);
  if (seats.length) sizes(svg, seats, question, x, limit, left);
  const cursor = s("g", {}, s("line", { class: "cursor", x1: 0, x2: 0, y1: 26, y2: height }), s("path", { class: "cursorhead", d: "M-5 24h10l-5 7z" }));
  svg.append(cursor, ...svg.querySelectorAll(".label")); // a name is not struck through
  placed = (now) => {
    cursor.setAttribute("transform", `translate(${x(now)})`);
    cursor.setAttribute("visibility", now >= from && now <= until ? "visible" : "hidden");
  };
  suits = (now) => !others.some((one) => holds(one, now)) || people.every((person) => bars.some((one) => one.person === person && holds(one, now)));
  moveCursor(at);
  drag(into, svg, left, right, from, until, move);
  const total = new Set(bars.map((one) => one.person)).size;
  legend(svg);
  put(into, svg, total > MOST && more(total, () => drawLanes(into, { ...question, at: cursorAt }, move)));
}

const holds = (one: Bar, at: number): boolean => one.from <= at && at <= one.until;

/** The people of the lanes, in order, of many those who hold something at the instant or nearest to it; and the bars of the others. */
function rows(bars: Bar[], at: number): [number[], Bar[]] {
  const first = new Map<number, [number, number]>();
  for (const one of bars) {
    const before = first.get(one.person);
    const key: [number, number] = [one.level, Math.max(one.from, -1e15)];
    if (!before || key[0] < before[0] || (key[0] === before[0] && key[1] < before[1])) first.set(one.person, key);
  }
  const found = [...first].sort((a, b) => a[1][0] - b[1][0] || a[1][1] - b[1][1] || a[0] - b[0]).map(([person]) => person);
  const named = found.filter((person) => doc.people[person].name.toLowerCase().includes(wanted.toLowerCase()));
  if (everybody || named.length <= MOST) return [named, []];
  const apart = new Map<number, number>();
  for (const one of bars) {
    const away = holds(one, at) ? 0 : Math.min(Math.abs(one.from - at), Math.abs(one.until - at));
    apart.set(one.person, Math.min(away, apart.get(one.person) ?? Infinity));
  }
  const nearest = new Set([...named].sort((a, b) => apart.get(a)! - apart.get(b)!).slice(0, MOST)), matching = new Set(named);
  return [named.filter((person) => nearest.has(person)), bars.filter((one) => matching.has(one.person) && !nearest.has(one.person))];
}

function more(total: number, again: () => void): HTMLElement {
  const field = h("input", { type: "search", id: "people", value: wanted, "aria-label": "Filter people", placeholder: "Filter people" }) as HTMLInputElement;
  field.addEventListener("change", () => { wanted = field.value; again(); });
  return h("p", { class: "more" }, `${Math.min(MOST, total)} of ${grouped(total)} people. `, field, " ",
    h("button", { type: "button", id: "everybody", click: () => { everybody = !everybody; again(); } }, everybody ? "Show fewer" : "Show all"));
}

function axis(svg: SVGElement, question: Question, x: (at: number) => number, width: number, height: number, narrow: boolean): void {
  const found = ticks(question.from, question.until, width);
  for (const [a, b] of found.bands) {
    if (b > question.from && a < question.until) svg.append(s("rect", { class: "band", x: x(a), y: 26, width: Math.max(0, x(b) - x(a)), height: height - 26 }));
  }
  const taken: [number, number][] = [];
  for (const tick of found.ticks.sort((a, b) => Number(b.strong) - Number(a.strong))) {
    const place = x(tick.at), end = place + tick.label.length * 6.4 + 8;
    if (taken.some(([a, b]) => a < end && place < b)) continue; // an hour gives way to a day
    if (place + 4 + tick.label.length * 7 > x(question.until) + 8) continue;
    if (narrow && !tick.strong && tick.label === "noon") continue;
    svg.append(s("text", { class: tick.strong ? "tick strong" : "tick", x: place + 4, y: 20 }, tick.label));
    taken.push([place, end]);
  }
}

function lane(svg: SVGElement, bars: Bar[], person: number, top: number, x: (at: number) => number, left: number, narrow: boolean, question: Question): void {
  const group = s("g", { "data-person": doc.people[person].id });
  const name = doc.people[person].name, base = narrow ? top + 12 : top;
  const where = narrow ? { x: 2, y: top + 9 } : { x: left - 10, y: top + 13, "text-anchor": "end" };
  const room = narrow ? x(question.until) : left - 16;
  group.append(s("text", { class: "label", ...where }, shortened(name, room / LETTER), s("title", {}, name)));
  const beside = bars.some((one) => one.level !== bars[0].level), lone = narrow ? 1 : 5; // alone, a bar stands by its name
  const down = (one: Bar) => (beside ? (one.level ? 10 : 1) : lone);
  for (const one of bars) draw(group, one, base + down(one), x);
  if (!question.other) annotate(group, bars, (one) => base + down(one) + 8, x, question);
  svg.append(group);
}

const shortened = (name: string, most: number): string =>
  name.length > Math.ceil(most) ? name.slice(0, Math.floor(most) - 1) + "…" : name;

/** Of the legend what there is in the lanes. */
function legend(svg: SVGElement): void {
  document.querySelectorAll<HTMLElement>(".key").forEach((key) => {
    const kind = key.classList[1];
    key.parentElement!.hidden = !svg.querySelector(kind === "fade" ? "linearGradient" : `.${kind}`);
  });
}

let fades = 0;

function draw(group: SVGElement, one: Bar, y: number, x: (at: number) => number): void {
  const title = s("title", {}, `${doc.people[one.person].name}, ${[roleWord(one.row[1], one.row[5]), ...one.said].join(", ")}`);
  const start = x(one.from), stop = x(one.until);
  if (one.hollow) {
    group.append(s("rect", { class: "hollow", x: start + 0.5, y: y + 0.5, width: Math.max(1, stop - start - 1), height: 7 }, title));
    return;
  }
  const opening = one.open && one.from !== -Infinity ? [x(one.open[0]), x(one.open[1])] : null;
  const closing = one.end && one.until !== Infinity ? [x(one.end[0]), Math.min(x(one.end[1]), Math.max(stop, x(one.until)) + 1e6)] : null;
  const a = opening ? Math.min(opening[0], start) : start, b = closing ? closing[1] : stop;
  const rect = s("rect", { class: "bar " + one.fill, x: a, y, width: Math.max(1.5, b - a), height: 8 }, title);
  const wide = (span: number[] | null) => span !== null && span[1] - span[0] > 3;
  if (b - a > 1 && (wide(opening) || wide(closing))) {
    const id = `fade${fades++}`, share = (at: number) => Math.min(1, Math.max(0, (at - a) / (b - a)));
    const stops = [[0, wide(opening) ? 0.08 : 1], [wide(opening) ? share(opening![1]) : 0, 1], [wide(closing) ? Math.max(share(closing![0]), wide(opening) ? share(opening![1]) : 0) : 1, 1], [1, wide(closing) ? 0.08 : 1]];
    group.append(s("linearGradient", { id, class: one.fill }, ...stops.map(([offset, opacity]) =>
      s("stop", { offset, "stop-opacity": opacity, "stop-color": "currentColor" }))));
    rect.setAttribute("fill", `url(#${id})`);
    rect.setAttribute("class", "bar faded");
  }
  if (one.said.length) rect.classList.add("said");
  group.append(rect);
}

/** An end in words, to the right of what ended, where nothing else of the row stands. */
function annotate(group: SVGElement, bars: Bar[], below: (one: Bar) => number, x: (at: number) => number, question: Question): void {
  const last = Math.max(...bars.map((one) => one.until));
  const ended = bars.filter((one) => one.until === last && one.row[4] !== null && last < question.until && last > question.from);
  if (!ended.length || bars.some((one) => one.until > last)) return;
  const closing = events[ended[0].row[4]];
  const what = ended.map((one) => (one.level === 0 ? "seat" : roleWord(one.row[1], one.row[5])));
  const clock = question.until - question.from < 12 * 86400000 && clockOf(closing.n) !== "time not known" ? clockOf(closing.n) : since(closing.n);
  const text = `${[...new Set(what)].join(" and ")}: ${closing.departure} ${clock}`;
  const faded = Math.max(x(last), ...ended.map((one) => x(one.end?.[1] ?? last)));
  if (faded + text.length * 5.7 >= x(Math.min(question.until, question.limit))) return;
  const note = s("text", { class: "ending", x: faded + 6, y: below(ended[0]) }, text);
  notes.push([note, last]);
  group.append(note);
}

/**
 * How many directors there were, from each change of the board to the next: with a question mark where that is not
 * certain, and a plus where the board is not wholly on record; nothing where nobody is.
 */
function sizes(svg: SVGElement, seats: Row[], question: Question, x: (at: number) => number, limit: number, left: number): void {
  const doubts = question.record.doubts.filter((row) => row[1] === DIRECTOR && row[2] === question.org && known(row, 8, question.k));
  const lasting = [...seats.map((row) => [row[7], row[8]]), ...doubts.map((row) => [row[6], row[7]])].map(([a, b]) => [end(a, -Infinity), end(b, Infinity)]);
  const declared = doc.orgs[question.org], whole = declared.never_whole ? Infinity : end(declared.whole_from, -Infinity);
  const edges = [...new Set([question.from, limit, whole, ...lasting.flat()])].filter((at) => at >= question.from && at <= limit).sort((a, b) => a - b);
  const found: [number, number, string][] = [];
  for (let n = 0; n + 1 < edges.length; n += 1) {
    const [size, unsure] = [lasting.slice(0, seats.length), lasting.slice(seats.length)].map((some) => some.filter(([a, b]) => a <= edges[n] && edges[n] < b).length);
    const label = size ? size + (edges[n] < whole ? "+" : "") + (unsure ? "?" : "") : "", last = found[found.length - 1];
    if (last && last[2] === label) last[1] = edges[n + 1];
    else found.push([edges[n], edges[n + 1], label]);
  }
  const group = s("g", { "aria-hidden": "true" }, left > 0 && s("text", { x: left - 10, y: MARKS + 9, "text-anchor": "end", class: "tick" }, "Directors"));
  for (const [a, b, label] of found) {
    const width = x(b) - x(a);
    if (a > question.from && width > 3) group.append(s("line", { class: "edge", x1: x(a), x2: x(a), y1: MARKS - 2, y2: MARKS + 12 }));
    if (label && width > label.length * 7 + 3) group.append(s("text", { class: "size", x: (x(a) + x(b)) / 2, y: MARKS + 10, "text-anchor": "middle" }, label, s("title", {}, `${parseInt(label)} directors${label.includes("+") ? " on record, who may not be all" : ""}${label.includes("?") ? ", not certain" : ""}, from ${moment(a)}`)));
  }
  svg.append(group);
}

/** A mark for each event: seats and offices are discs, votes diamonds, words ticks. */
function marksRow(svg: SVGElement, question: Question, x: (at: number) => number, limit: number): void {
  const group = s("g", { class: "marks", "aria-hidden": "true" });
  const votes = new Set(doc.votes.map((vote) => vote.event));
  for (const one of events) {
    const row = ruling(question.record, one.n, question.k);
    const at = ms(one.at);
    if (!row || at < question.from || at > question.until || at > limit) continue;
    if (one.org !== null && one.org !== question.org && one.moves) continue;
    const lost = question.other !== null && happened(row) && !happened(ruling(question.other, one.n, question.k));
    const kept = lost ? " lost" : "", place = x(at);
    if (votes.has(one.id)) group.append(s("path", { class: "mark" + kept, d: `M${place} 37l5.5 5.5l-5.5 5.5l-5.5 -5.5z` }));
    else if (one.moves) group.append(s("circle", { class: "mark" + kept, cx: place, cy: 42.5, r: 4 }));
    else group.append(s("line", { class: "mark" + kept, x1: place, x2: place, y1: 38, y2: 47 }));
  }
  svg.append(group);
}

function drag(into: HTMLElement, svg: SVGElement, left: number, right: number, from: number, until: number, move: (at: number) => void): void {
  const place = (event: PointerEvent) => {
    const now = into.querySelector<SVGSVGElement>(".lanes")!, box = now.getBoundingClientRect(); // it may have been drawn anew meanwhile
    return ((event.clientX - box.left) * (now.viewBox.baseVal.width / box.width) - left) / (right - left);
  };
  const take = (event: PointerEvent) => move(from + Math.min(1, Math.max(0, place(event))) * (until - from));
  svg.addEventListener("pointerdown", (event) => {
    if (place(event) < 0) return; // a name was pressed
    take(event);
    const ended = new AbortController(), { signal } = ended;
    window.addEventListener("pointermove", take, { signal });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => ended.abort(), { signal }); // a finger that scrolls the page
  });
}
