/** What the work list asks of the server. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { serverNow } from "@/hooks/clock";
import { type Language, language } from "@/i18n";
import type { Reader } from "./reader";
import { sortingOf, type SortField, type WorkSearch } from "./search";

export type Task = components["schemas"]["UserTaskResult"];
export type TaskSheet = components["schemas"]["TaskSheet"];
export type TaskPage = components["schemas"]["UserTaskSearchQueryResult"] & { readAt: string };
type Query = components["schemas"]["UserTaskSearchQuery"];
type Filter = NonNullable<Query["filter"]>;
type Fields = components["schemas"]["UserTaskFields"];

const PAGE = 50;
const SOON_MS = 4 * 3_600_000;
const LOOK_MS = 10_000;

/** The list, page by page. It is not read again by itself: the row under the cursor stays. */
export function tasksQuery(search: WorkSearch, reader: Reader) {
  const shown = { ...search, task: undefined };
  const sorting = sortingOf(search);
  return infiniteQueryOptions({
    queryKey: ["tasks", "list", shown, reader.username],
    queryFn: async ({ pageParam }) => {
      const readAt = serverNow().toISOString();
      const found = await answer(
        api.POST("/v2/user-tasks/search", {
          body: {
            filter: filterOf(shown, reader),
            sort: [{ field: sorting.field as SortField, order: sorting.order }],
            page: { limit: PAGE, ...(pageParam && { after: pageParam }) } as Query["page"],
          },
        }),
      );
      return { ...found, readAt };
    },
    initialPageParam: "",
    getNextPageParam: ({ items, page }) =>
      items.length === PAGE && page.endCursor ? page.endCursor : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** How many tasks have come since the list was read. */
export function arrivalsQuery(search: WorkSearch, reader: Reader, since: string | undefined) {
  const shown = { ...search, task: undefined };
  return queryOptions({
    queryKey: ["tasks", "arrivals", shown, reader.username, since],
    queryFn: async () => {
      const filter = { ...filterOf(shown, reader), creationDate: { $gt: since ?? "" } };
      const found = await answer(
        api.POST("/v2/user-tasks/search", { body: { filter, page: { from: 0, limit: 1 } } }),
      );
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

function filterOf(search: WorkSearch, reader: Reader): Filter {
  const ways = crossed(viewed(search, reader), sought(search.q));
  return {
    state: "CREATED",
    ...(search.process && { processDefinitionId: search.process }),
    ...dueBy(search),
    ...(ways.length === 1 ? ways[0] : { $or: ways }),
  };
}

function viewed({ view }: WorkSearch, { username, groups }: Reader): Fields[] {
  const mine: Fields = { assignee: username };
  const unclaimed: Fields = { assignee: { $exists: false }, candidateGroup: { $in: [...groups] } };
  if (view === "mine") return [mine];
  if (view === "unclaimed") return [unclaimed];
  return view === "all" ? [{}] : [mine, unclaimed];
}

function sought(q: string | undefined): Fields[] {
  if (!q) return [{}];
  const pattern = `*${q.replace(/[\\*?]/g, "\\$&")}*`;
  return [{ businessId: { $like: pattern } }, { name: { $like: pattern } }];
}

function crossed(some: Fields[], others: Fields[]): Fields[] {
  return some.flatMap((one) => others.map((other) => ({ ...one, ...other })));
}

function dueBy({ due }: WorkSearch): Pick<Filter, "dueDate"> {
  const now = serverNow();
  if (due === "overdue") return { dueDate: { $lt: now.toISOString() } };
  if (due !== "soon") return {};
  const later = new Date(now.getTime() + SOON_MS);
  return { dueDate: { $gte: now.toISOString(), $lt: later.toISOString() } };
}
