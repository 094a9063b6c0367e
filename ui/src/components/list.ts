/** Lists of the server, page by page, as `DataTable` takes them. */
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

/** A page of rows, as the server's lists answer. */
export interface PageOf<Row> {
  items: readonly Row[];
  page: { totalItems: number; hasMoreTotalItems?: boolean; endCursor?: string | null };
}

/** What a list is asked for: so many rows, those after a cursor. */
export interface PageRequest {
  limit: number;
  after?: string;
}

const PAGE = 100;

/** Asks for a list page by page; *read* asks the server for one of them. */
export function listQuery<Page extends PageOf<unknown>>(
  queryKey: readonly unknown[],
  read: (page: PageRequest) => Promise<Page>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => read({ limit: PAGE, ...(pageParam && { after: pageParam }) }),
    initialPageParam: "",
    getNextPageParam: ({ items, page }: Page) =>
      items.length === PAGE && page.endCursor ? page.endCursor : undefined,
  });
}

/** The rows that were read so far, and how to get more. */
export function useList<Page extends PageOf<unknown>>(options: ReturnType<typeof listQuery<Page>>) {
  const query = useInfiniteQuery(options);
  const first = query.data?.pages[0];
  const rows = useMemo(
    () => query.data?.pages.flatMap((page) => page.items as readonly Page["items"][number][]),
    [query.data],
  );
  return {
    /** What the first page says beside its rows. */
    first,
    table: {
      rows,
      total: first?.page.hasMoreTotalItems ? undefined : first?.page.totalItems,
      error: query.error,
      hasMore: query.hasNextPage,
      isLoadingMore: query.isFetchingNextPage,
      onMore: () => void query.fetchNextPage(),
      onRetry: () => void query.refetch(),
    },
  };
}
