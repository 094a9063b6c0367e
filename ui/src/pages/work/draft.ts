import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useUsername } from "@/api/session";
import { typedAt } from "@/components/typed";
import type { FormHandle, Values } from "@/islands/form";
import { DraftKeeper, type Said } from "./DraftKeeper";
import type { TaskSheet } from "./tasks";

export interface Draft extends Said {
  /** What the form opens with. */
  values: Values;
  /** To be called when something was typed. */
  changed: (form: FormHandle | null) => void;
  /** What is typed here needs no keeping any more. */
  forget: () => void;
  /** Of two windows, this one's is kept. */
  keepThis: () => void;
}

/** Keeps what somebody types; leaving the task or coming back to the network keeps it at once. */
export function useDraft({ task, draft, variables }: TaskSheet, isMine: boolean): Draft {
  const place = `${useUsername()}/${task.userTaskKey}`;
  const [typed] = useState(() => (isMine ? typedAt(place) : undefined));
  const [said, say] = useState<Said>({
    state: typed ? "waiting" : draft ? "saved" : "none",
    savedAt: draft?.savedAt,
  });
  const known = typed ? typed.replaces : (draft?.revision ?? null);
  const [keeper] = useState(() => new DraftKeeper(task.userTaskKey, place, known, say));
  const [values] = useState<Values>({ ...variables, ...draft?.variables, ...typed?.values });

  useEffect(() => {
    if (typed) keeper.changed(typed.values);
    window.addEventListener("online", keeper.keep);
    return () => {
      window.removeEventListener("online", keeper.keep);
      void keeper.keep();
    };
  }, [keeper, typed]);

  const client = useQueryClient();
  useEffect(() => {
    if (said.state === "refused")
      void client.invalidateQueries({ queryKey: ["tasks", "sheet", task.userTaskKey] });
  }, [client, said.state, task.userTaskKey]);

  return {
    ...said,
    values,
    changed: (form) => {
      if (isMine && form) keeper.changed(form.values());
    },
    forget: () => keeper.forget(),
    keepThis: () => keeper.keepThis(),
  };
}
