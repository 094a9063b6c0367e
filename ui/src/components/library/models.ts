/** Processes, decisions and forms: what is live, how it came to be, and its file. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { listQuery, type PageRequest } from "@/components/list";
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

const ASKED = {
  bpmn: {
    list: (query: PageRequest) => api.GET("/api/processes", { params: { query } }),
    versions: (processId: string) =>
      api.GET("/api/processes/{processId}/versions", {
        params: { path: { processId }, query: MOST_VERSIONS },
      }),
    uses: (processId: string) =>
      api.GET("/api/processes/{processId}/uses", { params: { path: { processId } } }),
    file: (key: string) =>
      api.GET("/v2/process-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  },
  dmn: {
    list: (query: PageRequest) => api.GET("/api/decisions", { params: { query } }),
    versions: (decisionId: string) =>
      api.GET("/api/decisions/{decisionId}/versions", {
        params: { path: { decisionId }, query: MOST_VERSIONS },
      }),
    uses: (decisionId: string) =>
      api.GET("/api/decisions/{decisionId}/uses", { params: { path: { decisionId } } }),
    file: (key: string) =>
      api.GET("/v2/decision-definitions/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
  },
  form: {
    list: (query: PageRequest) => api.GET("/api/forms", { params: { query } }),
    versions: (formId: string) =>
      api.GET("/api/forms/{formId}/versions", {
        params: { path: { formId }, query: MOST_VERSIONS },
      }),
    uses: (formId: string) => api.GET("/api/forms/{formId}/uses", { params: { path: { formId } } }),
    file: (key: string) =>
      api.GET("/v2/resources/{key}/content/binary", {
        params: { path: { key } },
        parseAs: "text",
      }),
  },
} as const;

/** The newest version of each model of a kind. */
export function modelsQuery(kind: FileKind) {
  return listQuery(["library", kind], (page) => answer(ASKED[kind].list(page)));
}

/** Returns the versions of a model, the newest first. */
export async function readVersions({ kind, id }: ModelId): Promise<readonly Model[]> {
  return (await answer(ASKED[kind].versions(id))).items;
}

/** Returns the file of a version, byte for byte as it was deployed. */
export function readModel(kind: FileKind, key: string): Promise<string> {
  return answer(ASKED[kind].file(key)) as Promise<string>;
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
  try {
    return (await answer(ASKED[kind].uses(id))).items;
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
