/** The decisions that are deployed, and their files as an editor opens them. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { type OpenFile, readDraft } from "@/components/workspace/drafts";

export type Model = components["schemas"]["LibraryItem"];

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

/** A file as it is opened, with its newest version. */
export interface Opened {
  file: OpenFile;
  live: Model;
}

/** Opens the draft of a decision's file if there is one, else what is live. */
export function openDecisionQuery(decision: string) {
  return queryOptions({
    queryKey: ["editor", "decision", decision],
    queryFn: () => openDecision(decision),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function openDecision(decision: string): Promise<Opened> {
  const path = { decisionId: decision };
  const found = await answer(
    api.GET("/api/decisions/{decisionId}/versions", { params: { path, query: { limit: 1 } } }),
  );
  const live = found.items[0] as Model;
  const draft = await readDraft(live.resourceName);
  if (draft) return { file: draft, live };
  return { file: untouched(live, await readDmn(live.key)), live };
}

/** Returns the file that holds a decision, byte for byte as it was deployed. */
export function readDmn(key: string): Promise<string> {
  return answer(
    api.GET("/v2/decision-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  ) as Promise<string>;
}

function untouched(live: Model, content: string): OpenFile {
  const nobody = { revision: null, savedAt: null, savedBy: null };
  return { name: live.resourceName, content, basedOnKey: live.key, ...nobody };
}
