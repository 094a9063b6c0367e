/** What the addresses of the case pages say; what they do not know is dropped. */
import type { Topic } from "@/components/facts/fact";

export const STATES = ["ACTIVE", "ENDED"] as const;
export const SORTS = ["startedAt", "-startedAt", "number", "-number"] as const;
export const TABS = ["timeline", "diagram", "data", "documents", "messages"] as const;
export const TOPICS = [
  "people",
  "process",
  "messages",
  "data",
  "problems",
] as const satisfies Topic[];

export interface CasesSearch {
  number?: string;
  customer?: string;
  person?: string;
  process?: string;
  state?: (typeof STATES)[number];
  /** First and last day, in the reader's zone: `2026-11-22`. */
  from?: string;
  to?: string;
  sort?: (typeof SORTS)[number];
}

export interface CaseSearch {
  tab?: (typeof TABS)[number];
  about?: Topic;
  /** Every token, not only the story. */
  all?: true;
  /** Only what happened at this element. */
  element?: string;
  /** The process instance whose diagram is shown. */
  instance?: string;
}

export interface ReplaySearch {
  /** How many steps have happened. */
  step?: number;
}

type Given = Record<string, unknown>;

export function casesSearch(given: Given): CasesSearch {
  return known({
    number: text(given["number"]),
    customer: text(given["customer"]),
    person: text(given["person"]),
    process: text(given["process"]),
    state: STATES.find((one) => one === given["state"]),
    from: day(given["from"]),
    to: day(given["to"]),
    sort: SORTS.find((one) => one === given["sort"]),
  });
}

export function caseSearch(given: Given): CaseSearch {
  return known({
    tab: TABS.find((one) => one === given["tab"]),
    about: TOPICS.find((one) => one === given["about"]),
    all: given["all"] === true ? (true as const) : undefined,
    element: text(given["element"]),
    instance: text(given["instance"]),
  });
}

export function replaySearch(given: Given): ReplaySearch {
  const step = given["step"];
  return known({
    step: typeof step === "number" && Number.isInteger(step) && step >= 0 ? step : undefined,
  });
}

function text(value: unknown): string | undefined {
  const read = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return read || undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
}

function known<Search extends object>(
  search: Search,
): { [Key in keyof Search]?: NonNullable<Search[Key]> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Search]?: NonNullable<Search[Key]>;
  };
}
