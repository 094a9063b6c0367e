import { useRef, useState } from "react";
import type { Steps } from "@/components/workspace/UndoRedo";

/** What was typed outside of the design, to undo and redo; typing on in one cell is one step. */
export function useTypedSteps(content: string, replace: (content: string) => void) {
  const [past, setPast] = useState<readonly string[]>([]);
  const [future, setFuture] = useState<readonly string[]>([]);
  const last = useRef("");
  const steps: Steps = {
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: () => {
      const before = past.at(-1);
      if (before === undefined) return;
      last.current = "";
      setPast(past.slice(0, -1));
      setFuture([content, ...future]);
      replace(before);
    },
    redo: () => {
      const after = future[0];
      if (after === undefined) return;
      last.current = "";
      setPast([...past, content]);
      setFuture(future.slice(1));
      replace(after);
    },
  };
  const change = (cell: string, next: string) => {
    if (cell !== last.current) setPast([...past, content]);
    last.current = cell;
    setFuture([]);
    replace(next);
  };
  return { steps, change };
}
