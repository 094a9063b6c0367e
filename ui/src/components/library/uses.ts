/** Who uses a form, a decision or a process: the steps that link to it. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";

export type Use = components["schemas"]["UseItem"];

/** What is used. */
export interface UsedModel {
  kind: "forms" | "decisions" | "processes";
  id: string;
}

/** The uses of all *models* of a file; one that was never deployed has none. */
export function usesQuery(models: readonly UsedModel[]) {
  return queryOptions({
    queryKey: ["library", "uses", models],
    queryFn: async () => (await Promise.all(models.map(usesOf))).flat(),
    staleTime: 0,
  });
}

async function usesOf({ kind, id }: UsedModel): Promise<readonly Use[]> {
  const asked = {
    forms: () => api.GET("/api/forms/{formId}/uses", { params: { path: { formId: id } } }),
    decisions: () =>
      api.GET("/api/decisions/{decisionId}/uses", { params: { path: { decisionId: id } } }),
    processes: () =>
      api.GET("/api/processes/{processId}/uses", { params: { path: { processId: id } } }),
  };
  try {
    return (await answer(asked[kind]())).items;
  } catch (error) {
    if (asProblem(error).status === 404) return [];
    throw error;
  }
}

/** Processes whose next cases get a new version of the model only once they are deployed again. */
export function boundProcesses(uses: readonly Use[]): readonly Use[] {
  const bound = uses.filter(({ isNewest, binding }) => isNewest && binding === "deployment");
  return [...new Map(bound.map((use) => [use.processId, use])).values()];
}
