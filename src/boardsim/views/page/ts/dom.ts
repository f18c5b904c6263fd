// Elements out of text alone: nothing of a log is ever read as markup.

export type Child = Node | string | null | false | undefined;
const SVG = "http://www.w3.org/2000/svg";

function fill<E extends Element>(made: E, attributes: Record<string, any>, children: Child[]): E {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

export const h = (tag: string, attributes: Record<string, any> = {}, ...children: Child[]): HTMLElement =>
  fill(document.createElement(tag), attributes, children);
export const s = (tag: string, attributes: Record<string, any> = {}, ...children: Child[]): SVGElement =>
  fill(document.createElementNS(SVG, tag) as SVGElement, attributes, children);
export const $ = (id: string): HTMLElement => document.getElementById(id)!;

/** Put children in the place of all that an element has; who was at one with a name stays at the one of that name. */
export function put(into: Element, ...children: Child[]): void {
  const id = into.contains(document.activeElement) && document.activeElement!.id;
  into.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  if (id) document.getElementById(id)?.focus();
}

/** A number with its digits in groups of three. */
export const grouped = (number: number | bigint): string => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

export function plural(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Say something to those who do not see it. */
export function announce(text: string): void {
  $("notice").textContent = text;
}
