/** What the server knows of processes and their files. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { Model } from "@/components/library/columns";
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

export function openedQuery(process: string, version: number | undefined) {
  return queryOptions({
    queryKey: ["editor", process, version ?? null],
    queryFn: () => open(process, version),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function open(process: string, version: number | undefined) {
  return openModel(await readVersions(process), version, readXml);
}

/** Returns the versions of a process, the newest first. */
export async function readVersions(process: string): Promise<readonly Process[]> {
  const path = { processId: process };
  const query = { limit: MOST_VERSIONS };
  const found = await answer(
    api.GET("/api/processes/{processId}/versions", { params: { path, query } }),
  );
  return found.items;
}

/** Returns the file of a version, byte for byte as it was deployed. */
export function readXml(key: string): Promise<string> {
  return answer(
    api.GET("/v2/process-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  ) as Promise<string>;
}
