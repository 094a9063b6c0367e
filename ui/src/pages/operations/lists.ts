/** What the pages of operators ask of the server: lists page by page, read again while shown. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { listQuery, type PageOf, type PageRequest } from "@/components/list";
import { serverNow } from "@/hooks/clock";
import type { IncidentsSearch, JobsSearch, TimersSearch } from "./search";

export type Incident = components["schemas"]["IncidentItem"];
export type Job = components["schemas"]["JobItem"];
export type Timer = components["schemas"]["TimerItem"];

const LOOK_MS = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ["operations", "overview"],
  queryFn: () => answer(api.GET("/api/overview")),
  refetchInterval: LOOK_MS,
});

export function incidentsQuery({ process, cause, work, resolved }: IncidentsSearch) {
  const query = {
    state: resolved ? ("RESOLVED" as const) : ("ACTIVE" as const),
    ...(process && { processId: process }),
    ...(cause && { errorType: cause }),
    ...(work && { jobType: work }),
  };
  return renewed(["incidents", query], (page) =>
    answer(api.GET("/api/incidents", { params: { query: { ...query, ...page } } })),
  );
}

export function jobsQuery({ process, work, state }: JobsSearch) {
  const query = {
    ...(process && { processId: process }),
    ...(work && { type: work }),
    ...(state && { state }),
  };
  return renewed(["jobs", query], (page) =>
    answer(api.GET("/api/jobs", { params: { query: { ...query, ...page } } })),
  );
}

export function timersQuery({ overdue }: TimersSearch) {
  return renewed(["timers", overdue], (page) => {
    const query = { ...page, ...(overdue && { dueBefore: serverNow().toISOString() }) };
    return answer(api.GET("/api/timers", { params: { query } }));
  });
}

/** A list that is read again while it is shown. */
function renewed<Page extends PageOf<unknown>>(
  key: readonly unknown[],
  read: (page: PageRequest) => Promise<Page>,
) {
  return { ...listQuery(["operations", ...key], read), refetchInterval: LOOK_MS };
}
