/** Imports: diagrams of other tools, with what became of each part. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { listQuery } from "@/components/list";

export type ImportSummary = components["schemas"]["ImportSummary"];
export type Imported = components["schemas"]["ImportedModel"];

export const importsQuery = listQuery(["library", "imports"], (query) =>
  answer(api.GET("/api/imports", { params: { query } })),
);

export function importQuery(key: string) {
  return queryOptions({
    queryKey: ["library", "imports", key],
    queryFn: () => answer(api.GET("/api/imports/{key}", { params: { path: { key } } })),
    staleTime: Infinity,
  });
}

export function importFile(file: File): Promise<Imported> {
  const body = new FormData();
  body.append("file", file);
  return answer(api.POST("/api/imports", { body: body as never }));
}

/** Returns the file as it came in. */
export function readOriginal(key: string): Promise<string> {
  return answer(
    api.GET("/api/imports/{key}/original", { params: { path: { key } }, parseAs: "text" }),
  ) as Promise<string>;
}

/** The name that the diagram will have here: `claim.bpmn20.xml` becomes `claim.bpmn`. */
export function ownName(fileName: string): string {
  const base = fileName.replace(/\.(bpmn20\.xml|bpmn\.xml|xml|bpmn)$/i, "");
  return `${base.replace(/[\\/]/g, "_") || "diagram"}.bpmn`;
}

/** Returns a function from the id of an element to what is written on it. */
export function namesIn(bpmn: string): (elementId: string) => string | undefined {
  const elements = new DOMParser().parseFromString(bpmn, "text/xml").querySelectorAll("[id][name]");
  const names = new Map(
    Array.from(elements, (one) => [one.getAttribute("id"), one.getAttribute("name")]),
  );
  return (elementId) => names.get(elementId) || undefined;
}
