import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { type WorkSearch, workSearch } from "./search";

export type SavedView = components["schemas"]["View"];

type NewView = Pick<SavedView, "name" | "query" | "sharedWith"> & { isFirst: boolean };

export const viewsQuery = queryOptions({
  queryKey: ["views", "work"],
  queryFn: async () => {
    const found = await answer(api.GET("/api/views", { params: { query: { page: "work" } } }));
    return found.items;
  },
});

/** What the address says in a saved view; which task is open is no part of it. */
export function searchOf(view: SavedView): WorkSearch {
  return workSearch(view.query);
}

/** What is saved of the address. */
export function savedPart(search: WorkSearch): SavedView["query"] {
  const { task, ...saved } = search;
  void task;
  return saved as SavedView["query"];
}

export function isShown(view: SavedView, search: WorkSearch): boolean {
  const text = (one: WorkSearch) => JSON.stringify(Object.entries(savedPart(one)).sort());
  return text(searchOf(view)) === text(search);
}

/**
 * The list begins with one's own first view, unless the address asks for something. Until it is
 * known which that is, nothing is asked for.
 */
export function useFirstView(search: WorkSearch): {
  isKnown: boolean;
  first: WorkSearch | undefined;
} {
  const isOpen = Object.keys(savedPart(search)).length === 0;
  const views = useQuery(viewsQuery);
  const first = views.data?.find((view) => view.isOwn);
  return {
    isKnown: !isOpen || !views.isPending,
    first: isOpen && first ? searchOf(first) : undefined,
  };
}

export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, query, sharedWith, isFirst }: NewView) => {
      const body = { page: "work" as const, name, query, sharedWith, isFirst };
      return answer(api.PUT("/api/views", { body }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

export function useRemoveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      answer(api.DELETE("/api/views", { params: { query: { page: "work", name } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}
