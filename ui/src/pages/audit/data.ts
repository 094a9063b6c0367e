/** What the audit page reads. */
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { dayBegins, dayEnds } from "@/components/days";
import type { Language } from "@/i18n";
import { listQuery } from "@/components/list";
import type { AuditSearch } from "./search";

export type Entry = components["schemas"]["HistoryEntry"];

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
  return listQuery(["history", filter], (page) =>
    answer(api.GET("/api/history", { params: { query: { ...filter, ...page } } })),
  );
}

/** The address of a download of what a search finds, with times and names for its reader. */
export function exportAddress(
  search: AuditSearch,
  format: "csv" | "json",
  language: Language,
): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const asked = new URLSearchParams({ ...filterOf(search), format, language, zone });
  return `/api/history/export?${asked}`;
}

/** Names a row: the place of a fact in its chain. */
export function keyOf(entry: Entry): string {
  return `${entry.stream}-${entry.sequence}`;
}
