/** What the case pages read. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components, operations } from "@/api/schema";
import { dayBegins, dayEnds } from "@/components/days";
import { kindsOf } from "@/components/facts/fact";
import { listQuery } from "@/components/list";
import type { CaseSearch, CasesSearch } from "./search";

type Schemas = components["schemas"];
export type Case = Schemas["Case"];
export type CaseProcess = Schemas["CaseProcess"];
export type CaseResult = Schemas["CaseResult"];
export type CaseVariable = Schemas["CaseVariable"];
export type ElementPath = Schemas["ElementPath"];
export type ProcessPath = Schemas["ProcessPath"];
export type Step = Schemas["ReplayStep"];

const STEPS_PAGE = 2_000;
const TIMELINE_PAGE = 100;
export const OTHERS = 5;
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
  };
  return listQuery(["cases", query], (page) =>
    answer(api.GET("/api/cases", { params: { query: { ...query, ...page } } })),
  );
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

/** The whole story, the oldest step first, a page at a time. */
export function storyQuery(number: string) {
  return infiniteQueryOptions({
    queryKey: ["case", number, "story"],
    queryFn: ({ pageParam: after }) =>
      readSteps(number, { limit: STEPS_PAGE, ...(after && { after }) }),
    initialPageParam: "",
    getNextPageParam: (page) => next(page, STEPS_PAGE),
    refetchOnWindowFocus: false,
    staleTime: RENEW_MS,
  });
}

/** What a timeline shows, the newest step first, a page at a time. */
export function timelineQuery(number: string, { about, all, element }: CaseSearch) {
  const isAll = !about && (all || element !== undefined);
  const query = {
    order: "desc" as const,
    limit: TIMELINE_PAGE,
    ...(!isAll && { kinds: kindsOf(about).join(",") }),
    ...(element && { elementId: element }),
  };
  return infiniteQueryOptions({
    queryKey: ["case", number, "timeline", query],
    queryFn: ({ pageParam: after }) => readSteps(number, { ...query, ...(after && { after }) }),
    initialPageParam: "",
    getNextPageParam: (page) => next(page, TIMELINE_PAGE),
  });
}

/** The story without its tokens, the oldest step first. */
export function papersQuery(number: string) {
  const query = { limit: STEPS_PAGE, kinds: kindsOf(undefined).join(",") };
  return infiniteQueryOptions({
    queryKey: ["case", number, "papers"],
    queryFn: ({ pageParam: after }) => readSteps(number, { ...query, ...(after && { after }) }),
    initialPageParam: "",
    getNextPageParam: (page) => next(page, STEPS_PAGE),
  });
}

/** What happened last at an element. */
export function elementQuery(number: string, elementId: string) {
  return queryOptions({
    queryKey: ["case", number, "element", elementId],
    queryFn: () => readSteps(number, { order: "desc", elementId, limit: TIMELINE_PAGE }),
  });
}

type StepsQuery = NonNullable<operations["getCaseReplay"]["parameters"]["query"]>;

function readSteps(number: string, query: StepsQuery) {
  return answer(api.GET("/api/cases/{number}/replay", { params: { path: { number }, query } }));
}

function next(page: Schemas["CaseReplayPage"], size: number): string | undefined {
  return page.items.length < size ? undefined : (page.endCursor ?? undefined);
}

/** The other cases of a customer, the newest first. */
export function otherCasesQuery(customer: string) {
  return queryOptions({
    queryKey: ["cases", "of", customer],
    queryFn: () =>
      answer(api.GET("/api/cases", { params: { query: { customer, limit: OTHERS + 1 } } })),
  });
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
