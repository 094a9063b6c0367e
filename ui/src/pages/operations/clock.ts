/** What the page of the clock asks of the server. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, renewSession } from "@/api/client";

/** How far one press moves the clock. */
export const STEPS_MS = { hour: 3_600_000, day: 86_400_000 } as const;
const A_MOMENT_MS = 1_000;
const MOST_FIRED = 100;

export const clockQuery = queryOptions({
  queryKey: ["operations", "clock"],
  queryFn: () => answer(api.GET("/api/clock")),
});

export const nextTimerQuery = queryOptions({
  queryKey: ["operations", "timers", "next"],
  queryFn: async () => {
    const query = { limit: 1, blocked: false };
    return (await answer(api.GET("/api/timers", { params: { query } }))).items[0] ?? null;
  },
});

/** When a timer has just fired: it is due to the microsecond, the clock moves by milliseconds. */
export function justAfter(dueAt: string): Date {
  return new Date(new Date(dueAt).getTime() + A_MOMENT_MS);
}

/** Moves the clock and returns how many timers fired on the way, and the latest of them. */
async function move(to: Date) {
  const { now } = await answer(api.GET("/api/clock"));
  // After a return to the real time the same hours may be lived through again.
  const before = await firedBetween(now, to);
  await answer(api.PUT("/v2/clock", { body: { timestamp: to.getTime() } }));
  const after = await firedBetween(now, to);
  const known = new Set(before.items.map(keyOf));
  return {
    total: after.page.totalItems - before.page.totalItems,
    facts: after.items.filter((fact) => !known.has(keyOf(fact))),
  };
}

function firedBetween(atFrom: string, to: Date) {
  const atBefore = new Date(to.getTime() + 1).toISOString();
  const query = { kind: "timer_fired", atFrom, atBefore, limit: MOST_FIRED };
  return answer(api.GET("/api/history", { params: { query } }));
}

/** Names a fact by its place in its chain. */
export function keyOf(fact: { stream: string; sequence: number }): string {
  return `${fact.stream}-${fact.sequence}`;
}

export function useMoveClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: move,
    onSettled: async () => {
      await renewSession();
      await client.invalidateQueries();
    },
  });
}

export function useResetClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/v2/clock/reset")),
    onSuccess: async () => {
      await renewSession();
      await client.invalidateQueries();
    },
  });
}
