/** What the pages of operators ask of the server: lists page by page, read again while shown. */
import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { serverNow } from "@/hooks/clock";
import type { IncidentsSearch, JobsSearch, TimersSearch } from "./search";

export type Incident = components["schemas"]["IncidentItem"];
export type Job = components["schemas"]["JobItem"];
export type Timer = components["schemas"]["TimerItem"];

interface PageOf<Item> {
  items: readonly Item[];
  page: { totalItems: number; endCursor?: string | null };
}

const PAGE = 100;
const LOOK_MS = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ["operations", "overview"],
  queryFn: () => answer(api.GET("/api/overview")),
  refetchInterval: LOOK_MS,
});

export function incidentsQuery({ process, cause, resolved }: IncidentsSearch) {
  const query = {
    state: resolved ? ("RESOLVED" as const) : ("ACTIVE" as const),
    ...(process && { processId: process }),
    ...(cause && { errorType: cause }),
  };
  return listQuery<Incident>(["incidents", query], (page) =>
    answer(api.GET("/api/incidents", { params: { query: { ...query, ...page } } })),
  );
}

export function jobsQuery({ process, state }: JobsSearch) {
  const query = { ...(process && { processId: process }), ...(state && { state }) };
  return listQuery<Job>(["jobs", query], (page) =>
    answer(api.GET("/api/jobs", { params: { query: { ...query, ...page } } })),
  );
}

export function timersQuery({ overdue }: TimersSearch) {
  return listQuery<Timer>(["timers", overdue], (page) => {
    const query = { ...page, ...(overdue && { dueBefore: serverNow().toISOString() }) };
    return answer(api.GET("/api/timers", { params: { query } }));
  });
}

/** A list as `DataTable` takes it. */
export function useList<Item>(options: ReturnType<typeof listQuery<Item>>) {
  const query = useInfiniteQuery(options);
  return {
    rows: query.data?.pages.flatMap((page) => page.items),
    total: query.data?.pages[0]?.page.totalItems,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
    onRetry: () => void query.refetch(),
  };
}

function listQuery<Item>(
  key: readonly unknown[],
  read: (page: { limit: number; after?: string }) => Promise<PageOf<Item>>,
) {
  return infiniteQueryOptions({
    queryKey: ["operations", ...key],
    queryFn: ({ pageParam }) => read({ limit: PAGE, ...(pageParam && { after: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: ({ items, page }) =>
      items.length === PAGE && page.endCursor ? page.endCursor : undefined,
    refetchInterval: LOOK_MS,
  });
}
