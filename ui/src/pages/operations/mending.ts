/** What operators read and do to get a stopped case going, or to end it. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";

type Mending = Partial<components["schemas"]["IncidentMending"]>;

export function diagramQuery(key: string) {
  return queryOptions({
    queryKey: ["diagram", key],
    queryFn: () =>
      answer(
        api.GET("/v2/process-definitions/{key}/xml", {
          params: { path: { key } },
          parseAs: "text",
        }),
      ),
    staleTime: Infinity,
  });
}

/** The values of a process, as JSON texts by name. */
export function valuesQuery(processInstanceKey: string) {
  return queryOptions({
    queryKey: ["operations", "values", processInstanceKey],
    queryFn: async () => {
      const found = await answer(
        api.POST("/v2/variables/search", {
          params: { query: { truncateValues: false } },
          body: { filter: { processInstanceKey }, page: { limit: 1000 } },
        }),
      );
      return new Map(found.items.map(({ name, value }) => [name, value]));
    },
  });
}

/** Changes what is given, and tries the step again. */
export function useMend(key: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Mending) =>
      answer(api.POST("/api/incidents/{key}/retry", { params: { path: { key } }, body })),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["operations"] }),
  });
}

/** Cancels what has stopped. */
export function useGiveUp(key: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      answer(
        api.POST("/api/incidents/{key}/cancellation", {
          params: { path: { key } },
          body: { reason },
        }),
      ),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["operations"] }),
  });
}
