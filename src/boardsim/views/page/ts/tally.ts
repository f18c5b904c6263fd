// The count of ballots: who is counted, what it takes, how it comes out.  The rules are the kernel's (`voting.py`), and
// every profile of the tests is held to it; nothing else of what an event means is known here.

import { Ballots, Threshold } from "./data.js";

export type Choice = "for" | "against" | "abstain" | "absent" | "recused";
export const CHOICES: Choice[] = ["for", "against", "abstain", "absent"];
export type Profile = Map<number, Choice | null>;

export interface Count {
  outcome: "carried" | "failed" | "undetermined"; for: bigint; needed: bigint; of: bigint; present: number;
  quorum: bigint; casting: boolean; vetoed: boolean; unrecorded: number[];
}

interface Sum { for: bigint; against: bigint; weight: bigint; heads: number; casting: Choice | null; vetoed: boolean }

function enough(rule: Threshold, base: bigint): bigint {
  const part = BigInt(rule.part) * base, whole = BigInt(rule.whole), least = BigInt(rule.least);
  const count = rule.strict ? part / whole + 1n : (part + whole - 1n) / whole;
  return count > least ? count : least;
}

function add(board: Ballots, sum: Sum, person: number, choice: Choice): Sum {
  const member = board.members.find((one) => one.person === person)!;
  const weight = BigInt(member.weight), present = choice === "for" || choice === "against" || choice === "abstain";
  return {
    for: sum.for + (choice === "for" ? weight : 0n),
    against: sum.against + (choice === "against" ? weight : 0n),
    weight: sum.weight + (present ? weight : 0n),
    heads: sum.heads + (present ? 1 : 0),
    casting: person === board.casting ? choice : sum.casting,
    vetoed: sum.vetoed || (member.veto && choice === "against"),
  };
}

interface Room { inOffice: bigint; authorised: bigint; quorum: bigint; counted: Set<number> }

function room(board: Ballots, profile: Profile): Room {
  const counted = board.members.filter((one) => profile.get(one.person) !== "recused");
  const heads = BigInt(counted.length);
  const inOffice = counted.reduce((sum, one) => sum + BigInt(one.weight), 0n);
  const seats = board.seats === null ? null : BigInt(board.seats);
  const vacant = seats !== null && seats > heads ? seats - heads : 0n;
  const base = board.quorum.of === "authorised" && seats !== null ? seats : heads;
  return {
    inOffice, authorised: inOffice + vacant, quorum: board.partial ? 0n : enough(board.quorum, base),
    counted: new Set(counted.map((one) => one.person)),
  };
}

function base(board: Ballots, where: Room, sum: Sum): bigint {
  switch (board.threshold.of) {
    case "in-office": case "eligible": return where.inOffice;
    case "authorised": return where.authorised;
    case "present": return sum.weight;
    default: return sum.for + sum.against;
  }
}

function carries(board: Ballots, where: Room, sum: Sum): boolean {
  if (sum.vetoed || BigInt(sum.heads) < where.quorum) return false;
  const of = base(board, where, sum);
  if (sum.for >= enough(board.threshold, of)) return true;
  const tie = sum.for > 0n && 2n * sum.for === of;
  return tie && sum.casting === "for" && board.casting !== null && where.counted.has(board.casting);
}

/** Count a profile of ballots; null stands for one that is not on record. */
export function count(board: Ballots, profile: Profile): Count {
  const where = room(board, profile);
  let sum: Sum = { for: 0n, against: 0n, weight: 0n, heads: 0, casting: null, vetoed: false };
  const unrecorded: number[] = [];
  for (const person of where.counted) {
    const choice = profile.get(person) ?? null;
    if (choice === null) unrecorded.push(person);
    else sum = add(board, sum, person, choice);
  }
  const extremes: Choice[] = ["for", "against", "absent"];
  const ways = new Set(extremes.map((choice) =>
    carries(board, where, unrecorded.reduce((all, person) => add(board, all, person, choice), sum))));
  const of = base(board, where, sum), needed = enough(board.threshold, of);
  const nothing = board.partial && where.counted.size === 0;
  const carried = ways.size === 1 && ways.has(true);
  return {
    outcome: ways.size > 1 || nothing ? "undetermined" : carried ? "carried" : "failed",
    for: sum.for, needed, of, present: sum.heads, quorum: where.quorum, vetoed: sum.vetoed, unrecorded,
    casting: carried && unrecorded.length === 0 && sum.for < needed,
  };
}

/** Those whose ballot, changed alone, would have changed the outcome. */
export function pivotal(board: Ballots, profile: Profile): number[] {
  const now = count(board, profile).outcome;
  return board.members.filter((one) => {
    const own = profile.get(one.person) ?? null;
    return own !== null && own !== "recused" && CHOICES.some((choice) =>
      choice !== own && count(board, new Map(profile).set(one.person, choice)).outcome !== now);
  }).map((one) => one.person);
}

/** Of the ballots that are not on record, those that decide, given some of the others; null where they are too many. */
export function turnsOn(board: Ballots, profile: Profile, unrecorded: number[]): number[] | null {
  if (unrecorded.length > 6) return null;
  return unrecorded.filter((person) => decides(board, profile, person, unrecorded.filter((one) => one !== person)));
}

function decides(board: Ballots, profile: Profile, person: number, others: number[]): boolean {
  if (others.length === 0) {
    return new Set(CHOICES.map((choice) => count(board, new Map(profile).set(person, choice)).outcome)).size > 1;
  }
  return CHOICES.some((choice) => decides(board, new Map(profile).set(others[0], choice), person, others.slice(1)));
}
