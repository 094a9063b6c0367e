/** What the server's linter says about a file, while it is worked on. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { linkedDrafts, listDrafts, readDraft } from "./drafts";

export type Finding = components["schemas"]["FindingResult"];
export type Severity = Finding["severity"];

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

const PAUSE_MS = 500;

/**
 * Returns the findings of a file as it is typed, the worst first. Drafts of forms and decisions
 * that it links to are taken for what they will be.
 */
export function useFindings(name: string, content: string) {
  const [settled] = useDebouncedValue(content, PAUSE_MS);
  return useQuery({
    queryKey: ["lint", name, settled],
    queryFn: async () => (await lint(name, settled)).findings.toSorted(bySeverity),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

async function lint(name: string, content: string) {
  const drafts = (await listDrafts()).map((draft) => draft.name).filter((other) => other !== name);
  const linked = await Promise.all(linkedDrafts(content, drafts).map(readDraft));
  const body = new FormData();
  body.append("resources", new File([content], name));
  for (const draft of linked) {
    if (draft) body.append("resources", new File([draft.content], draft.name));
  }
  return answer(api.POST("/api/lint", { body: body as never }));
}

export function bySeverity(one: Finding, other: Finding): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity);
}

export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
