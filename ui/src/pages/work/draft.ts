import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useEffect, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import type { FormHandle, Values } from "@/islands/form";

const PAUSE_MS = 1_500;

export interface Draft {
  state: "none" | "saved" | "failed";
  savedAt: string | undefined;
  /** To be called when something was typed. */
  changed: (form: FormHandle | null) => void;
  /** What is typed now needs no keeping any more. */
  forget: () => void;
}

/** Keeps what somebody types, shortly after each pause; leaving the task keeps it at once. */
export function useDraft(taskKey: string, isMine: boolean, savedAt: string | undefined): Draft {
  const [state, setState] = useState<Draft["state"]>(savedAt ? "saved" : "none");
  const [at, setAt] = useState(savedAt);
  const unsaved = useRef<Values>(undefined);

  const keep = useCallback(async () => {
    const variables = unsaved.current;
    if (variables === undefined) return;
    unsaved.current = undefined;
    try {
      const path = { key: taskKey };
      const kept = await answer(
        api.PUT("/api/user-tasks/{key}/draft", {
          params: { path },
          body: { variables: variables as Record<string, never> },
        }),
      );
      setAt(kept.savedAt);
      setState("saved");
    } catch {
      unsaved.current ??= variables;
      setState("failed");
    }
  }, [taskKey]);
  const keepLater = useDebouncedCallback(() => void keep(), PAUSE_MS);

  useEffect(() => () => void keep(), [keep]);

  const changed = (form: FormHandle | null) => {
    if (!isMine || !form) return;
    unsaved.current = form.values();
    keepLater();
  };
  const forget = () => {
    unsaved.current = undefined;
  };
  return { state, savedAt: at, changed, forget };
}
