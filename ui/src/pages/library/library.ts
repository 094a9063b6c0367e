/** What the server knows of processes and their files. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { Model } from "@/components/library/columns";
import { listDrafts } from "@/components/workspace/drafts";
import { openModel } from "@/components/workspace/opened";

export type Process = Model;

const PAGE = 100;
const MOST_VERSIONS = 200;

export const processesQuery = infiniteQueryOptions({
  queryKey: ["library", "processes"],
  queryFn: ({ pageParam }) => {
    const query = { limit: PAGE, ...(pageParam && { after: pageParam }) };
    return answer(api.GET("/api/processes", { params: { query } }));
  },
  initialPageParam: "",
  getNextPageParam: ({ items, page }) => (items.length === PAGE ? page.endCursor : undefined),
});

export const draftsQuery = queryOptions({ queryKey: ["library", "drafts"], queryFn: listDrafts });

export function openedQuery(process: string, version: number | undefined) {
  return queryOptions({
    queryKey: ["editor", process, version ?? null],
    queryFn: () => open(process, version),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function open(process: string, version: number | undefined) {
  const path = { processId: process };
  const query = { limit: MOST_VERSIONS };
  const found = await answer(
    api.GET("/api/processes/{processId}/versions", { params: { path, query } }),
  );
  return openModel(found.items, version, readXml);
}

/** Returns the file of a version, byte for byte as it was deployed. */
export function readXml(key: string): Promise<string> {
  return answer(
    api.GET("/v2/process-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  ) as Promise<string>;
}

export function draftQuery(name: string) {
  return queryOptions({
    queryKey: ["editor", "draft", name],
    queryFn: () => answer(api.GET("/api/drafts/{name}", { params: { path: { name } } })),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Saves a draft of a new file; returns false if there is a draft of that name already. */
export async function saveNew(name: string, content: string): Promise<boolean> {
  try {
    await answer(api.PUT("/api/drafts/{name}", { params: { path: { name } }, body: { content } }));
    return true;
  } catch (error) {
    if (asProblem(error).code === "outdated") return false;
    throw error;
  }
}
