/** What the page of groups asks of the server. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import type { Language } from "@/i18n";

export type GroupOfPeople = components["schemas"]["GroupItem"];
export type Step = components["schemas"]["StepItem"];

const PAGE = 100;
const MOST_MEMBERS = 500;

export function groupListQuery(q: string | undefined) {
  return infiniteQueryOptions({
    queryKey: ["people", "groups", "list", q],
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, ...(q && { q }), ...(pageParam && { after: pageParam }) };
      return answer(api.GET("/api/groups", { params: { query } }));
    },
    initialPageParam: "",
    getNextPageParam: ({ items, page }) =>
      items.length === PAGE && page.endCursor ? page.endCursor : undefined,
  });
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
