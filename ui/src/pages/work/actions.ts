import {
  type InfiniteData,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { answer, api } from "@/api/client";
import { withFiles } from "@/api/files";
import { asProblem, type FieldProblem } from "@/api/problem";
import { useUsername } from "@/api/session";
import { useToast } from "@/components/toast";
import { useT } from "@/i18n";
import type { Filled } from "@/islands/form";
import { type Task, type TaskPage, type TaskSheet, taskName } from "./tasks";

const NONE: readonly FieldProblem[] = [];
const BEFORE_FIELDS = /^\/variables/;

/** What one may do with a task. Whatever is refused, the task is read again: somebody has it now. */
export function useTaskActions({ task }: TaskSheet, onDone: () => void) {
  const t = useT("work");
  const toast = useToast();
  const client = useQueryClient();
  const me = useUsername();
  const params = { path: { key: task.userTaskKey } };
  const again = () => client.invalidateQueries({ queryKey: ["tasks", "sheet", task.userTaskKey] });

  useEffect(() => showInList(client, task), [client, task]);

  const claim = useMutation({
    mutationFn: () => {
      const body = { assignee: me, allowOverride: false };
      return answer(api.POST("/v2/user-tasks/{key}/assignment", { params, body }));
    },
    onSettled: again,
  });
  const takeOver = useMutation({
    mutationFn: () => {
      const body = { heldBy: task.assignee, to: me };
      return answer(api.POST("/api/user-tasks/{key}/hand-over", { params, body }));
    },
    onSettled: again,
  });
  const release = useMutation({
    mutationFn: () => answer(api.DELETE("/v2/user-tasks/{key}/assignee", { params })),
    onSettled: again,
  });
  const complete = useMutation({
    mutationFn: async ({ values, files }: Filled) => {
      const variables = await withFiles(values, files, task.processInstanceKey);
      const body = { variables: variables as Record<string, never> };
      await answer(api.POST("/v2/user-tasks/{key}/completion", { params, body }));
    },
    onSuccess: () => {
      toast(t("work:task.done", { name: taskName(task) }));
      onDone();
    },
    onError: (error) => (asProblem(error).status === 409 ? again() : undefined),
  });
  const wrong = complete.error ? asProblem(complete.error).errors : NONE;
  const errors = useMemo(() => wrong.map(inForm), [wrong]);
  return {
    claim,
    takeOver,
    release,
    complete,
    isBusy: [claim, takeOver, release, complete].some((one) => one.isPending),
    /** It was taken here, just now. */
    isTaken: claim.isSuccess || takeOver.isSuccess,
    /** What is wrong with fields of the form. */
    errors,
    /** What was refused otherwise. */
    failure:
      claim.error ?? takeOver.error ?? release.error ?? (wrong.length > 0 ? null : complete.error),
  };
}

/** Shows in the list how the task stands now, without moving a row. */
export function showInList(client: QueryClient, task: Task): void {
  client.setQueriesData<InfiniteData<TaskPage>>({ queryKey: ["tasks", "list"] }, (list) => {
    const renewed = (one: Task) => (one.userTaskKey === task.userTaskKey ? task : one);
    const pages = list?.pages.map((page) => ({ ...page, items: page.items.map(renewed) }));
    return list && pages && { ...list, pages };
  });
}

function inForm(problem: FieldProblem): FieldProblem {
  return { ...problem, pointer: problem.pointer.replace(BEFORE_FIELDS, "") };
}
