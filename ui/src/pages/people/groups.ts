/** What the page of groups asks of the server. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { listQuery } from "@/components/list";
import type { Language } from "@/i18n";

export type GroupOfPeople = components["schemas"]["GroupItem"];
export type Step = components["schemas"]["StepItem"];

const MOST_MEMBERS = 500;

export function groupListQuery(q: string | undefined) {
  return listQuery(["people", "groups", "list", q], (page) =>
    answer(api.GET("/api/groups", { params: { query: { ...page, ...(q && { q }) } } })),
  );
}

export function membersQuery(group: string) {
  return queryOptions({
    queryKey: ["people", "groups", "members", group],
    queryFn: () =>
      answer(api.GET("/api/people", { params: { query: { group, limit: MOST_MEMBERS } } })),
  });
}

export function stepName(step: Step, language: Language): string {
  return `${step.processNames[language]} · ${step.names[language]}`;
}
