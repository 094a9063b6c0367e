/** What the work list asks of the server. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components, paths } from "@/api/schema";
import { serverNow } from "@/hooks/clock";
import { type Language, language } from "@/i18n";
import { sortingOf, type WorkSearch } from "./search";

export type Task = components["schemas"]["UserTaskResult"];
export type TaskSheet = components["schemas"]["TaskSheet"];
export type TaskPage = components["schemas"]["WorkPage"] & { readAt: string };
type Query = NonNullable<paths["/api/user-tasks"]["get"]["parameters"]["query"]>;

const PAGE = 50;
const LOOK_MS = 10_000;

/** The list, page by page. It is not read again by itself: the row under the cursor stays. */
export function tasksQuery(search: WorkSearch, username: string) {
  return infiniteQueryOptions({
    queryKey: ["tasks", "list", shownBy(search), username],
    queryFn: async ({ pageParam }) => {
      const readAt = serverNow().toISOString();
      const query = { ...shownBy(search), limit: PAGE, ...(pageParam && { after: pageParam }) };
      const found = await answer(api.GET("/api/user-tasks", { params: { query } }));
      return { ...found, readAt };
    },
    initialPageParam: "",
    getNextPageParam: ({ items, page }) =>
      items.length === PAGE && page.endCursor ? page.endCursor : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: (query) => query.state.status === "error",
  });
}

/** How many tasks have come since the list was read. */
export function arrivalsQuery(search: WorkSearch, username: string, since: string | undefined) {
  return queryOptions({
    queryKey: ["tasks", "arrivals", shownBy(search), username, since],
    queryFn: async () => {
      const query = { ...shownBy(search), limit: 1, createdAfter: since ?? "" };
      const found = await answer(api.GET("/api/user-tasks", { params: { query } }));
      return found.page.totalItems;
    },
    enabled: since !== undefined,
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });
}

export function sheetQuery(key: string, inLanguage: Language) {
  return queryOptions({
    queryKey: ["tasks", "sheet", key, inLanguage],
    queryFn: () => answer(api.GET("/api/user-tasks/{key}", { params: { path: { key } } })),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** The name of a task in the language of the pages. */
export function taskName(task: Task): string {
  return task.customHeaders[`name.${language()}`] || task.name || task.elementId;
}

/** What the server is asked for; which task is shown beside the list is no part of it. */
function shownBy(search: WorkSearch): Query {
  const { view, due, process, q } = search;
  const { field, order } = sortingOf(search);
  return {
    sort: `${order === "DESC" ? "-" : ""}${field}` as NonNullable<Query["sort"]>,
    ...(view && { whose: view }),
    ...(due && { due }),
    ...(process && { process }),
    ...(q && { q }),
  };
}
