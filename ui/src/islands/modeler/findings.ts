/** Findings at their elements. What they say in full stands in the drawer of problems. */
import type Modeler from "bpmn-js/lib/Modeler";

export interface FindingMark {
  elementId: string;
  severity: "error" | "warning" | "info";
  /** What is wrong, in the reader's language. */
  text: string;
}

interface Overlays {
  remove(filter: { type: string }): void;
  add(id: string, type: string, overlay: object): void;
}

interface Registry {
  get(id: string): { parent?: unknown } | undefined;
}

const TYPE = "finding";
const SIGNS = { error: "!", warning: "!", info: "i" } as const;
const ORDER = ["error", "warning", "info"] as const;

/** Shows one mark per element, as bad as its worst finding. */
export function markFindings(modeler: Modeler, findings: readonly FindingMark[]): void {
  const overlays = modeler.get<Overlays>("overlays");
  const registry = modeler.get<Registry>("elementRegistry");
  overlays.remove({ type: TYPE });
  for (const [elementId, those] of byElement(findings)) {
    if (!registry.get(elementId)?.parent) continue;
    const worst = ORDER.find((one) => those.some((finding) => finding.severity === one)) ?? "info";
    const html = document.createElement("div");
    html.className = `modeler-finding modeler-finding-${worst}`;
    html.textContent = SIGNS[worst];
    html.title = those.map((finding) => finding.text).join("\n");
    overlays.add(elementId, TYPE, { position: { top: -9, left: -9 }, html });
  }
}

function byElement(findings: readonly FindingMark[]): Map<string, FindingMark[]> {
  const found = new Map<string, FindingMark[]>();
  for (const finding of findings) {
    found.set(finding.elementId, [...(found.get(finding.elementId) ?? []), finding]);
  }
  return found;
}
