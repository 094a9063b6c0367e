import { QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import type { components } from "@/api/schema";

export type Session = components["schemas"]["SessionInfo"];
export type Permissions = components["schemas"]["Permissions"];

export const sessionKey = ["session"] as const;

const TRIES = 2;
const STALE_MS = 15_000;

/** What the pages know of the server. Refusals are not asked again; `client` does so where
 * the network fails, and without a network a page says so at once instead of waiting for it. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      networkMode: "always",
      retry: (failures, error) =>
        failures < TRIES && error instanceof Problem && [502, 503].includes(error.status),
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

export function csrfToken(): string | null {
  return queryClient.getQueryData<Session>(sessionKey)?.csrfToken ?? null;
}
