/** A model as it is opened in an editor: its file, and the versions that can be picked. */
import type { components } from "@/api/schema";
import { type OpenFile, readDraft } from "./drafts";

export type Version = components["schemas"]["LibraryItem"];

export interface Opened {
  /** The draft if there is one, else what is live. */
  file: OpenFile;
  /** What the editor begins with: the file, or the version that was asked for. */
  begun: string;
  /** The newest first; the first of them is live. */
  versions: readonly Version[];
}

/**
 * Opens the draft of a model's file if there is one, else what is live; or an earlier *version*.
 *
 * @param versions The newest first, at least one.
 * @param read Returns the file of a version, byte for byte as it was deployed.
 */
export async function openModel(
  versions: readonly Version[],
  version: number | undefined,
  read: (key: string) => Promise<string>,
): Promise<Opened> {
  const live = versions[0] as Version;
  const file = (await readDraft(live.resourceName)) ?? {
    name: live.resourceName,
    content: await read(live.key),
    revision: null,
    basedOnKey: live.key,
    savedAt: null,
    savedBy: null,
  };
  const asked = versions.find((one) => one.version === version);
  return { file, begun: asked ? await read(asked.key) : file.content, versions };
}

/** Reads from an address which version is looked at. */
export function versionInAddress({ version }: Record<string, unknown>): { version?: number } {
  return Number.isInteger(version) ? { version: version as number } : {};
}
