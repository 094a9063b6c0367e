/** What has changed between two versions of a process, as the server tells it. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { draftOf, type Model, readModel, readVersions } from "@/components/library/models";
import type { Mark } from "@/islands/diagram";

export type Change = components["schemas"]["ChangeItem"];
export type ChangeKind = Change["kind"];

/** The draft, among the versions that can be chosen. */
export const DRAFT = 0;

export interface Compared {
  versions: readonly Model[];
  hasDraft: boolean;
  from: number;
  to: number;
  before: string;
  after: string;
  changes: readonly Change[];
}

/** Compares two versions; without them what is live with the draft, or with the version before. */
export function comparedQuery(process: string, from: number | undefined, to: number | undefined) {
  return queryOptions({
    queryKey: ["editor", "bpmn", process, "compare", from ?? null, to ?? null],
    queryFn: () => compare(process, from, to),
    gcTime: 0,
  });
}

async function compare(process: string, from?: number, to?: number): Promise<Compared> {
  const versions = await readVersions({ kind: "bpmn", id: process });
  const live = versions[0] as Model;
  const draft = await draftOf(live);
  const newer = to ?? (draft ? DRAFT : live.version);
  const older = from ?? (newer === DRAFT ? live.version : Math.max(1, newer - 1));
  const read = ({ key }: Model) => readModel("bpmn", key);
  const content = async (version: number) => {
    if (version === DRAFT) return draft?.content ?? read(live);
    return read(versions.find((one) => one.version === version) ?? live);
  };
  const [before, after] = await Promise.all([content(older), content(newer)]);
  const body = { before, after };
  const { changes } = await answer(api.POST("/api/processes/compare", { body }));
  return { versions, hasDraft: draft !== null, from: older, to: newer, before, after, changes };
}

const MARKS: Record<ChangeKind, Mark> = {
  added: "done",
  removed: "incident",
  changed: "active",
  moved: "done",
};

/** What is marked in a diagram; *chosen* stands out. */
export function marksOf(changes: readonly Change[], chosen: string | null) {
  const marks = changes
    .filter(({ kind }) => kind !== "moved")
    .map(({ elementId, kind }) => ({ elementId, mark: MARKS[kind] }));
  return chosen ? [...marks, { elementId: chosen, mark: "chosen" as const }] : marks;
}

const FACTS = [
  [/^name$|^property\[name\./, "name"],
  [/^property\[/, "property"],
  [/time(Duration|Date|Cycle)/, "time"],
  [/conditionExpression/, "condition"],
  [/^formDefinition/, "form"],
  [/^assignmentDefinition/, "people"],
  [/^taskSchedule/, "due"],
  [/^taskDefinition|^header/, "job"],
  [/^calledDecision/, "decision"],
  [/^calledElement/, "process"],
  [/^(input|output)\[/, "data"],
  [/^(source|target)Ref$/, "route"],
  [/^default$/, "defaultFlow"],
  [/^inside$/, "inside"],
  [/^documentation/, "note"],
  [/^type$/, "type"],
  [/^script/, "script"],
  [/Ref$|EventDefinition/, "event"],
] as const;

/** Returns by which key of the texts a fact is called. */
export function factOf(what: string) {
  return FACTS.find(([pattern]) => pattern.test(what))?.[1] ?? "other";
}
