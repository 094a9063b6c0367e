/** The server's clock: deadlines are counted by it, whatever the computer's own clock says. */
import { useSyncExternalStore } from "react";

const TICK_MS = 15_000;

let offsetMs = 0;
let reading = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

export function followServerClock(serverTime: string): void {
  offsetMs = new Date(serverTime).getTime() - Date.now();
  tick();
}

export function serverNow(): Date {
  return new Date(Date.now() + offsetMs);
}

/** Returns the server's time; the component renders again every 15 seconds. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => reading));
}

function tick(): void {
  reading = serverNow().getTime();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
