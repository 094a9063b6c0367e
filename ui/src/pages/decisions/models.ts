/** The decisions that are deployed, and their files as an editor opens them. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { openModel } from "@/components/workspace/opened";

const PAGE = 100;

export const decisionsQuery = infiniteQueryOptions({
  queryKey: ["library", "decisions"],
  queryFn: ({ pageParam }) => {
    const query = { limit: PAGE, ...(pageParam && { after: pageParam }) };
    return answer(api.GET("/api/decisions", { params: { query } }));
  },
  initialPageParam: "",
  getNextPageParam: ({ items, page }) => (items.length === PAGE ? page.endCursor : undefined),
});

const MOST_VERSIONS = 200;

/** Opens the draft of a decision's file if there is one, else what is live; or a *version*. */
export function openDecisionQuery(decision: string, version: number | undefined) {
  return queryOptions({
    queryKey: ["editor", "decision", decision, version ?? null],
    queryFn: () => openDecision(decision, version),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function openDecision(decision: string, version: number | undefined) {
  const path = { decisionId: decision };
  const query = { limit: MOST_VERSIONS };
  const found = await answer(
    api.GET("/api/decisions/{decisionId}/versions", { params: { path, query } }),
  );
  return openModel(found.items, version, readDmn);
}

/** Returns the file that holds a decision, byte for byte as it was deployed. */
export function readDmn(key: string): Promise<string> {
  return answer(
    api.GET("/v2/decision-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  ) as Promise<string>;
}
