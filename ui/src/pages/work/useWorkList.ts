import { useInfiniteQuery } from "@tanstack/react-query";
import { useUsername } from "@/api/session";
import type { WorkSearch } from "./search";
import { tasksQuery } from "./tasks";

/** The list that the address asks for, and where the cursor is in it. */
export function useWorkList(search: WorkSearch, enabled: boolean) {
  const query = useInfiniteQuery({ ...tasksQuery(search, useUsername()), enabled });
  const first = query.data?.pages[0];
  const tasks = query.data?.pages.flatMap((page) => page.items);
  const index = tasks?.findIndex((task) => task.userTaskKey === search.task) ?? -1;
  const refresh = () => void query.refetch();
  return {
    current: tasks?.[index],
    /** The task *by* rows from the cursor; the last one there is at either end. */
    at: (by: number) => tasks?.[Math.max(0, Math.min(index + by, tasks.length - 1))],
    /** Which task comes when the current one is done. */
    afterwards: tasks?.[index + 1] ?? tasks?.[index - 1],
    /** When the list was read, by the server's clock. */
    readAt: first?.readAt,
    refresh,
    table: {
      tasks,
      total: first?.page.totalItems,
      error: query.error,
      hasMore: query.hasNextPage,
      isLoadingMore: query.isFetchingNextPage,
      onMore: () => void query.fetchNextPage(),
      onRetry: refresh,
    },
  };
}
