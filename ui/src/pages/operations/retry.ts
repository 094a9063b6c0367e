import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import type { IncidentsSearch } from "./search";

type Asked = components["schemas"]["IncidentRetryRequest"];

/** How far a retry of many has come. */
export interface Progress {
  retried: number;
  refused: number;
  remaining: number;
}

/** Tries one incident again. */
export function useRetry(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      answer(api.POST("/v2/incidents/{key}/resolution", { params: { path: { key } } })),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["operations"] }),
  });
}

/** Tries all again that the list shows, a hundred a request, and says how far it has come. */
export function useRetryAll({ process, cause, work }: IncidentsSearch) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress>();
  const all = useMutation({
    mutationFn: async () => {
      const which: Asked = {
        limit: 100,
        ...(process && { processDefinitionId: process }),
        ...(cause && { errorType: cause }),
        ...(work && { jobType: work }),
      };
      let done: Progress = { retried: 0, refused: 0, remaining: 0 };
      let next: Partial<Asked> = {};
      do {
        const step = await answer(
          api.POST("/api/incidents/retry", { body: { ...which, ...next } }),
        );
        done = {
          retried: done.retried + step.retried,
          refused: done.refused + step.refused.length,
          remaining: step.remaining,
        };
        setProgress(done);
        next = { after: step.lastKey, createdUntil: step.createdUntil };
      } while (done.remaining > 0);
      return done;
    },
    onMutate: () => setProgress(undefined),
    onSettled: () => client.invalidateQueries({ queryKey: ["operations"] }),
  });
  return { all, progress };
}
