/** Drafts of files: read, saved over the revision that was read, and deployed. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";

export type FileDraft = components["schemas"]["FileDraft"];
/** A draft in a list, without its content. */
export type DraftNote = components["schemas"]["FileDraftResult"];
export type Deployment = components["schemas"]["LibraryDeploymentResult"];

/** A file as an editor opens it: a draft, or a deployed version that has none yet. */
export interface OpenFile {
  name: string;
  content: string;
  /** Of the draft that is on the server; null if there is none. */
  revision: number | null;
  /** The key of the version that it was begun from. */
  basedOnKey: string | null;
  savedAt: string | null;
  savedBy: string | null;
}

const MOST_DRAFTS = 500;

/** Returns the draft of a file, or null if there is none. */
export async function readDraft(name: string): Promise<FileDraft | null> {
  try {
    return await answer(api.GET("/api/drafts/{name}", { params: { path: { name } } }));
  } catch (error) {
    if (asProblem(error).status === 404) return null;
    throw error;
  }
}

export async function listDrafts() {
  const query = { limit: MOST_DRAFTS };
  return (await answer(api.GET("/api/drafts", { params: { query } }))).items;
}

export const draftsQuery = queryOptions({ queryKey: ["library", "drafts"], queryFn: listDrafts });

/** A draft as an editor opens it. */
export function draftQuery(name: string) {
  return queryOptions({
    queryKey: ["editor", "draft", name],
    queryFn: () => answer(api.GET("/api/drafts/{name}", { params: { path: { name } } })),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Saves a draft of a new file; returns false if there is a draft of that name already. */
export async function saveNew(name: string, content: string): Promise<boolean> {
  try {
    await saveDraft({ name, content, revision: null, basedOnKey: null });
    return true;
  } catch (error) {
    if (asProblem(error).code === "outdated") return false;
    throw error;
  }
}

/** Saves a draft over the revision that was read (null: there was none). */
export function saveDraft(
  file: Pick<OpenFile, "name" | "content" | "revision" | "basedOnKey">,
): Promise<DraftNote> {
  return answer(
    api.PUT("/api/drafts/{name}", {
      params: { path: { name: file.name }, header: matching(file.revision) },
      body: { content: file.content, basedOnKey: file.basedOnKey },
    }),
  );
}

export async function discardDraft(name: string, revision: number): Promise<void> {
  await answer(
    api.DELETE("/api/drafts/{name}", {
      params: { path: { name }, header: matching(revision) },
    }),
  );
}

/** Deploys drafts; deployed *processes* are deployed again, so that they get what is new of them. */
export function deployDrafts(
  names: readonly string[],
  comment: string,
  confirmed: boolean,
  processes: readonly string[],
): Promise<Deployment> {
  const body = new FormData();
  body.append("drafts", JSON.stringify(names));
  body.append("comment", comment);
  body.append("processes", JSON.stringify(processes));
  body.append("confirmWarnings", String(confirmed));
  return answer(api.POST("/api/deployments", { body: body as never }));
}

/** Returns the names of those drafts that *content* links to: a form or decision is named by its id. */
export function linkedDrafts(content: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    const id = name.replace(/\.(form|dmn|bpmn)$/, "");
    return content.includes(`Id="${id}"`);
  });
}

function matching(revision: number | null) {
  return revision === null ? {} : { "If-Match": `"${revision}"` };
}
