import { useState } from "react";
import type { Steps } from "@/components/workspace/UndoRedo";

interface History {
  /** The content that it leads to; whatever else has changed it meanwhile ends the history. */
  at: string;
  past: readonly string[];
  future: readonly string[];
  /** What is being written in. */
  cell: string;
}

/** What was typed outside of the design, to undo and redo; typing on in one cell is one step. */
export function useTypedSteps(content: string, replace: (content: string) => void) {
  const [history, setHistory] = useState<History>({ at: content, past: [], future: [], cell: "" });
  const isOurs = history.at === content;
  const past = isOurs ? history.past : [];
  const future = isOurs ? history.future : [];
  const go = (at: string, rest: Omit<History, "at">) => {
    setHistory({ at, ...rest });
    replace(at);
  };
  const steps: Steps = {
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: () => {
      const before = past.at(-1);
      if (before === undefined) return;
      go(before, { past: past.slice(0, -1), future: [content, ...future], cell: "" });
    },
    redo: () => {
      const after = future[0];
      if (after === undefined) return;
      go(after, { past: [...past, content], future: future.slice(1), cell: "" });
    },
  };
  const change = (cell: string, next: string) => {
    const isSameStep = isOurs && history.cell === cell;
    go(next, { past: isSameStep ? past : [...past, content], future: [], cell });
  };
  return { steps, change };
}
