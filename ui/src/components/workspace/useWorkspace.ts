import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem, type Problem } from "@/api/problem";
import { type FileDraft, type OpenFile, saveDraft } from "./drafts";

/** A file in an editor: what it was opened with, what is typed, what the server has. */
export interface Workspace {
  name: string;
  /** What the editor is to show; changes only when other content is opened. */
  opened: string;
  /** What the editor holds now. */
  content: string;
  stored: OpenFile;
  /** Whether the content is other than what the server has as draft or as live. */
  isNew: boolean;
  /** Whether something would be lost by leaving; looking at an earlier version loses nothing. */
  isDirty: boolean;
  /** Somebody saved the file meanwhile. */
  conflict: Problem | null;
  isSaving: boolean;
  error: unknown;
  onChanged: (content: string) => void;
  /** Opens other content, such as an upload; it is not saved by that. */
  replace: (content: string) => void;
  /** Saves over what was read; true if it is on the server. */
  save: () => Promise<boolean>;
  takeTheirs: (theirs: FileDraft) => void;
  /** Saves over what somebody else saved meanwhile (null: it is gone). */
  keepMine: (theirs: FileDraft | null) => Promise<boolean>;
  dismissConflict: () => void;
}

export function useWorkspace(file: OpenFile, begun: string = file.content): Workspace {
  const [stored, setStored] = useState(file);
  const [opened, setOpened] = useState(begun);
  const [content, setContent] = useState(begun);
  /** What is kept elsewhere, in the draft or in a version. */
  const [kept, setKept] = useState(begun);
  const [conflict, setConflict] = useState<Problem | null>(null);
  const queries = useQueryClient();
  const saving = useMutation({ mutationFn: saveDraft });

  async function saveOver(revision: number | null): Promise<boolean> {
    const sent = content;
    try {
      const saved = await saving.mutateAsync({ ...stored, content: sent, revision });
      setStored({ ...stored, ...saved, content: sent });
      setKept(sent);
      setConflict(null);
      void queries.invalidateQueries({ queryKey: ["library"] });
      return true;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "outdated") setConflict(problem);
      return false;
    }
  }
  const isOutdated = saving.error && asProblem(saving.error).code === "outdated";
  return {
    name: file.name,
    opened,
    content,
    stored,
    isNew: content !== stored.content,
    isDirty: content !== stored.content && content !== kept,
    conflict,
    isSaving: saving.isPending,
    error: isOutdated ? null : saving.error,
    onChanged: setContent,
    replace: (next) => {
      setOpened(next);
      setContent(next);
    },
    save: () => saveOver(stored.revision),
    takeTheirs: (theirs) => {
      setStored(theirs);
      setOpened(theirs.content);
      setContent(theirs.content);
      setKept(theirs.content);
      setConflict(null);
    },
    keepMine: (theirs) => saveOver(theirs?.revision ?? null),
    dismissConflict: () => setConflict(null),
  };
}
