import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { useUsername } from "@/api/session";
import { showInList } from "./actions";
import type { Task } from "./tasks";

/** What is done with each of the chosen tasks: taken, given back, or given to somebody. */
export type Deed = { kind: "take" } | { kind: "release" } | { kind: "assign"; to: string };

export interface Failure {
  /** As it stands now. */
  task: Task;
  problem: Problem;
}

export interface Run {
  kind: Deed["kind"];
  total: number;
  done: number;
  failures: readonly Failure[];
}

/** Does the same with many tasks, each for itself: one that somebody else was faster with hinders none. */
export function useBulk() {
  const client = useQueryClient();
  const me = useUsername();
  const [run, setRun] = useState<Run>();

  const start = async (deed: Deed, tasks: readonly Task[]) => {
    let now: Run = { kind: deed.kind, total: tasks.length, done: 0, failures: [] };
    setRun(now);
    for (const task of tasks) {
      const failure = await done(client, deed, task, me);
      now = {
        ...now,
        done: now.done + 1,
        failures: failure ? [...now.failures, failure] : now.failures,
      };
      setRun(now);
    }
  };
  return {
    run,
    isRunning: run !== undefined && run.done < run.total,
    start,
    close: () => setRun(undefined),
  };
}

async function done(
  client: QueryClient,
  deed: Deed,
  task: Task,
  me: string,
): Promise<Failure | undefined> {
  const to = deed.kind === "release" ? null : deed.kind === "take" ? me : deed.to;
  if (task.assignee === to) return undefined;
  const params = { path: { key: task.userTaskKey } };
  try {
    if (deed.kind === "take") {
      const body = { assignee: me, allowOverride: false };
      await answer(api.POST("/v2/user-tasks/{key}/assignment", { params, body }));
    } else {
      const body = { heldBy: task.assignee, to };
      await answer(api.POST("/api/user-tasks/{key}/hand-over", { params, body }));
    }
    showInList(client, { ...task, assignee: to });
    return undefined;
  } catch (error) {
    const stands = await asItStands(task);
    showInList(client, stands);
    return { task: stands, problem: asProblem(error) };
  } finally {
    void client.invalidateQueries({ queryKey: ["tasks", "sheet", task.userTaskKey] });
  }
}

/** Reads the task again; what cannot be read is shown as it was. */
async function asItStands(task: Task): Promise<Task> {
  try {
    const params = { path: { key: task.userTaskKey } };
    return await answer(api.GET("/v2/user-tasks/{key}", { params }));
  } catch {
    return task;
  }
}
