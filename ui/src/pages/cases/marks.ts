import type { DiagramProps } from "@/islands/diagram";
import type { ProcessPath } from "./data";

type Marks = DiagramProps["marks"];

/** How a way through a process is painted on its diagram. */
export function marksOf(
  path: ProcessPath,
  late: ReadonlySet<string>,
  chosen: string | undefined,
): Marks {
  const elements = path.elements.map(({ elementId, active, completed, terminated, incidents }) => {
    if (incidents > 0) return { elementId, mark: "incident" as const, count: incidents };
    if (active > 0)
      return { elementId, mark: late.has(elementId) ? "late" : "active", count: active } as const;
    const visits = completed + terminated;
    return { elementId, mark: "done" as const, ...(visits > 1 && { count: visits }) };
  });
  const flows = path.flows.map(({ flowId }) => ({ elementId: flowId, mark: "done" as const }));
  const choice = chosen ? [{ elementId: chosen, mark: "chosen" as const }] : [];
  return [...elements, ...flows, ...choice];
}
