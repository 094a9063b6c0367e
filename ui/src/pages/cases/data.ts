/** What the case pages read. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { dayBegins, dayEnds } from "@/components/days";
import type { CasesSearch } from "./search";

type Schemas = components["schemas"];
export type Case = Schemas["Case"];
export type CaseProcess = Schemas["CaseProcess"];
export type CaseResult = Schemas["CaseResult"];
export type CaseVariable = Schemas["CaseVariable"];
export type ElementPath = Schemas["ElementPath"];
export type ProcessPath = Schemas["ProcessPath"];
export type Step = Schemas["ReplayStep"];

export interface Story {
  steps: readonly Step[];
  /** How many there are; above `MOST_STEPS` the rest was not read. */
  total: number;
}

export const MOST_STEPS = 20_000;
const PAGE = 100;
const STEPS_PAGE = 2_000;
const RENEW_MS = 20_000;

export function casesQuery(search: CasesSearch) {
  const { number, customer, person, process, state, from, to, sort } = search;
  const startedFrom = dayBegins(from);
  const startedBefore = dayEnds(to);
  const query = {
    ...(number && { number }),
    ...(customer && { customer }),
    ...(person && { person }),
    ...(process && { processId: process }),
    ...(state && { state }),
    ...(startedFrom && { startedFrom }),
    ...(startedBefore && { startedBefore }),
    sort: sort ?? ("-startedAt" as const),
    limit: PAGE,
  };
  return infiniteQueryOptions({
    queryKey: ["cases", query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/cases", {
          params: { query: { ...query, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) =>
      page.items.length < PAGE ? undefined : (page.page.endCursor ?? undefined),
  });
}

export function caseQuery(number: string) {
  return queryOptions({
    queryKey: ["case", number, "now"],
    queryFn: () => answer(api.GET("/api/cases/{number}", { params: { path: { number } } })),
    refetchInterval: RENEW_MS,
  });
}

export function pathQuery(number: string) {
  return queryOptions({
    queryKey: ["case", number, "path"],
    queryFn: () => answer(api.GET("/api/cases/{number}/path", { params: { path: { number } } })),
    refetchInterval: RENEW_MS,
  });
}

export function variablesQuery(number: string) {
  return queryOptions({
    queryKey: ["case", number, "variables"],
    queryFn: () =>
      answer(api.GET("/api/cases/{number}/variables", { params: { path: { number } } })),
  });
}

export function storyQuery(number: string) {
  return queryOptions({ queryKey: ["case", number, "story"], queryFn: () => readStory(number) });
}

export function diagramQuery(definitionKey: string) {
  return queryOptions({
    queryKey: ["diagram", definitionKey],
    queryFn: () =>
      answer(
        api.GET("/v2/process-definitions/{key}/xml", {
          params: { path: { key: definitionKey } },
          parseAs: "text",
        }),
      ),
    staleTime: Infinity,
  });
}

async function readStory(number: string): Promise<Story> {
  const steps: Step[] = [];
  let after: string | null = null;
  for (;;) {
    const query: { limit: number; after?: string } = {
      limit: STEPS_PAGE,
      ...(after !== null && { after }),
    };
    const page: Schemas["CaseReplayPage"] = await answer(
      api.GET("/api/cases/{number}/replay", { params: { path: { number }, query } }),
    );
    steps.push(...page.items);
    const isAll = page.items.length < STEPS_PAGE || steps.length >= page.totalSteps;
    if (isAll || steps.length >= MOST_STEPS) return { steps, total: page.totalSteps };
    after = page.endCursor;
  }
}
