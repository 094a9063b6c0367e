/** What the audit page reads. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { dayBegins, dayEnds } from "@/components/days";
import type { AuditSearch } from "./search";

export type Entry = components["schemas"]["HistoryEntry"];

const PAGE = 100;

/** The search in the words of the API. */
export function filterOf({ person, kind, case: number, element, from, to }: AuditSearch) {
  const atFrom = dayBegins(from);
  const atBefore = dayEnds(to);
  return {
    ...(person && { actor: person }),
    ...(kind && { kind }),
    ...(number && { caseNumber: number }),
    ...(element && { elementId: element }),
    ...(atFrom && { atFrom }),
    ...(atBefore && { atBefore }),
  };
}

export function historyQuery(search: AuditSearch) {
  const filter = filterOf(search);
  return infiniteQueryOptions({
    queryKey: ["history", filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/history", {
          params: { query: { ...filter, limit: PAGE, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) =>
      page.items.length < PAGE ? undefined : (page.page.endCursor ?? undefined),
  });
}

/** The address of a download of what a search finds. */
export function exportAddress(search: AuditSearch, format: "csv" | "json"): string {
  return `/api/history/export?${new URLSearchParams({ ...filterOf(search), format })}`;
}

/** Names a row: the place of a fact in its chain. */
export function keyOf(entry: Entry): string {
  return `${entry.stream}-${entry.sequence}`;
}
