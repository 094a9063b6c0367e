import { useState } from "react";
import type { Task } from "./tasks";

/** Which rows are chosen, for what is done with many at once; only rows in the list count. */
export function useSelection(tasks: readonly Task[] | undefined) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string>();
  const rows = tasks ?? [];
  const place = (key: string | undefined) => rows.findIndex((one) => one.userTaskKey === key);

  /** Chooses a row or leaves it; *upTo* chooses all between the last one and it. */
  const toggle = (task: Task, upTo: boolean) => {
    const key = task.userTaskKey;
    const next = new Set(keys);
    if (upTo && place(last) >= 0) {
      const [from, to] = [place(last), place(key)].sort((a, b) => a - b) as [number, number];
      for (const one of rows.slice(from, to + 1)) next.add(one.userTaskKey);
    } else if (!next.delete(key)) next.add(key);
    setLast(key);
    setKeys(next);
  };
  const chosen = rows.filter((one) => keys.has(one.userTaskKey));
  return { keys, chosen, toggle, clear: () => setKeys(new Set()) };
}
