import { answer, api } from "@/api/client";

type Values = Record<string, unknown>;

/**
 * Uploads the files that were chosen in a form and puts references to them where the form has
 * their names. `processInstanceKey` is missing while the instance is yet to be started.
 */
export async function withFiles(
  values: Values,
  files: Map<string, File[]>,
  processInstanceKey?: string,
): Promise<Values> {
  const stored = new Map<string, unknown[]>();
  for (const [name, chosen] of files) {
    stored.set(name, await Promise.all(chosen.map((file) => upload(file, processInstanceKey))));
  }
  return placed(values, stored) as Values;
}

async function upload(file: File, processInstanceKey?: string): Promise<unknown> {
  const metadata = JSON.stringify({ fileName: file.name, processInstanceKey });
  return answer(
    api.POST("/v2/documents", {
      params: { query: {} },
      body: { file: "", metadata },
      bodySerializer: () => {
        const form = new FormData();
        form.append("file", file);
        form.append("metadata", metadata);
        return form;
      },
    }),
  );
}

function placed(value: unknown, stored: ReadonlyMap<string, unknown[]>): unknown {
  if (typeof value === "string") return stored.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => placed(one, stored));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, placed(one, stored)]));
}
