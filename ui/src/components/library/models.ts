/** Processes, decisions and forms: what is live, how it came to be, and its file. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { listQuery } from "@/components/list";
import { readDraft, type OpenFile } from "@/components/workspace/drafts";
import type { FileKind } from "@/components/workspace/kinds";

/** A version of a process, decision or form; in a list the newest. */
export type Model = components["schemas"]["LibraryItem"];
export type Use = components["schemas"]["UseItem"];

/** Names a model, deployed or not. */
export interface ModelId {
  kind: FileKind;
  id: string;
}

/** A model as it is opened in an editor. */
export interface Opened {
  /** The draft if there is one, else what is live. */
  file: OpenFile;
  /** What the editor begins with: the file, or the version that was asked for. */
  begun: string;
  /** The newest first; the first of them is live. */
  versions: readonly Model[];
}

const MOST_VERSIONS = { limit: 200 };

const MODELS = { bpmn: "processes", dmn: "decisions", form: "forms" } as const;

const FILES = {
  bpmn: (key: string) =>
    api.GET("/v2/process-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  dmn: (key: string) =>
    api.GET("/v2/decision-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  form: (key: string) =>
    api.GET("/v2/resources/{key}/content/binary", { params: { path: { key } }, parseAs: "text" }),
} as const;

/** The newest version of each model of a kind. */
export function modelsQuery(kind: FileKind) {
  const path = { models: MODELS[kind] };
  return listQuery(["library", kind], (query) =>
    answer(api.GET("/api/{models}", { params: { path, query } })),
  );
}

/** Returns the versions of a model, the newest first. */
export async function readVersions({ kind, id }: ModelId): Promise<readonly Model[]> {
  const path = { models: MODELS[kind], id };
  const params = { path, query: MOST_VERSIONS };
  return (await answer(api.GET("/api/{models}/{id}/versions", { params }))).items;
}

/** Returns the file of a version, byte for byte as it was deployed. */
export function readModel(kind: FileKind, key: string): Promise<string> {
  return answer(FILES[kind](key)) as Promise<string>;
}

/** Opens the draft of a model's file if there is one, else what is live; or an earlier *version*. */
export function openQuery({ kind, id }: ModelId, version: number | undefined) {
  return queryOptions({
    queryKey: ["editor", kind, id, version ?? null],
    queryFn: () => open({ kind, id }, version),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function open(model: ModelId, version: number | undefined): Promise<Opened> {
  const versions = await readVersions(model);
  const live = versions[0] as Model;
  const read = ({ key }: Model) => readModel(model.kind, key);
  const file = (await draftOf(live)) ?? {
    name: live.resourceName,
    content: await read(live),
    revision: null,
    basedOnKey: live.key,
    savedAt: null,
    savedBy: null,
  };
  const asked = versions.find((one) => one.version === version);
  return { file, begun: asked ? await read(asked) : file.content, versions };
}

/** Returns the draft of a model's file, or null if there is none. */
export async function draftOf({ draft, resourceName }: Model): Promise<OpenFile | null> {
  return draft && readDraft(resourceName);
}

/** The steps that use *models* of a file; one that was never deployed has none. */
export function usesQuery(models: readonly ModelId[]) {
  return queryOptions({
    queryKey: ["library", "uses", models],
    queryFn: async () => (await Promise.all(models.map(usesOf))).flat(),
    staleTime: 0,
  });
}

async function usesOf({ kind, id }: ModelId): Promise<readonly Use[]> {
  const path = { models: MODELS[kind], id };
  try {
    return (await answer(api.GET("/api/{models}/{id}/uses", { params: { path } }))).items;
  } catch (error) {
    if (asProblem(error).status === 404) return [];
    throw error;
  }
}

/** Processes whose next cases get a new version of the model only once they are deployed again. */
export function boundProcesses(uses: readonly Use[]): readonly Use[] {
  const bound = uses.filter(({ isNewest, binding }) => isNewest && binding === "deployment");
  return [...new Map(bound.map((use) => [use.processId, use])).values()];
}

/** Reads from an address which version is looked at. */
export function versionInAddress({ version }: Record<string, unknown>): { version?: number } {
  return Number.isInteger(version) ? { version: version as number } : {};
}
