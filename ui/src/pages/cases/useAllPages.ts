import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { storyQuery } from "./data";

/** Reads a story page by page until all of it is here; what is here can be shown meanwhile. */
export function useAllPages(options: ReturnType<typeof storyQuery>) {
  const found = useInfiniteQuery(options);
  const { hasNextPage, isFetching, error, fetchNextPage } = found;
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  return found;
}
