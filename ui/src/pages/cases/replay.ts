/** A case at a moment: what the first steps of its story have led to. */
import type { DiagramProps } from "@/islands/diagram";
import type { Step } from "./data";

/** A variable at that moment; `isNew` if the last step gave it this value. */
export interface ValueThen {
  instance: string;
  scopeKey: string;
  name: string;
  value: unknown;
  isNew: boolean;
}

export interface Moment {
  /** The process instance whose diagram shows the last step. */
  instance: string | undefined;
  marks: DiagramProps["marks"];
  values: readonly ValueThen[];
}

/** Returns how the case stood when `count` steps had happened. */
export function momentOf(steps: readonly Step[], count: number): Moment {
  const past = steps.slice(0, count);
  const last = past.at(-1);
  const instance = (last ?? steps[0])?.processInstanceKey;
  const tokens = new Tokens();
  for (const step of past) {
    if (step.processInstanceKey === instance && step.elementId) tokens.take(step, step.elementId);
  }
  const chosen = last?.elementId ? [{ elementId: last.elementId, mark: "chosen" as const }] : [];
  return { instance, marks: [...tokens.marks(), ...chosen], values: valuesOf(past) };
}

/** The tokens of one process instance while its steps go by. */
class Tokens {
  private readonly active = new Map<string, number>();
  private readonly passed = new Set<string>();
  private readonly stopped = new Set<string>();

  take({ kind }: Step, id: string): void {
    if (kind === "element_activated") this.active.set(id, (this.active.get(id) ?? 0) + 1);
    if (kind === "flow_taken") this.passed.add(id);
    if (kind === "incident_raised") this.stopped.add(id);
    if (kind === "incident_resolved") this.stopped.delete(id);
    if (kind === "element_completed" || kind === "element_terminated") this.leave(id);
  }

  marks(): DiagramProps["marks"] {
    const passed = [...this.passed].filter((id) => !this.active.has(id));
    return [
      ...passed.map((elementId) => ({ elementId, mark: "done" as const })),
      ...[...this.active].map(([elementId, count]) => ({
        elementId,
        mark: this.stopped.has(elementId) ? ("incident" as const) : ("active" as const),
        count,
      })),
    ];
  }

  private leave(id: string): void {
    const left = (this.active.get(id) ?? 1) - 1;
    if (left > 0) this.active.set(id, left);
    else this.active.delete(id);
    this.passed.add(id);
    this.stopped.delete(id);
  }
}

const named = new WeakMap<readonly Step[], Map<string, Step>>();

/** Returns a function from an element's id to its name, as the steps have it. */
export function namesOf(steps: readonly Step[], language: "en" | "zh") {
  let known = named.get(steps);
  if (!known) {
    known = new Map(steps.flatMap((step) => (step.elementId ? [[step.elementId, step]] : [])));
    named.set(steps, known);
  }
  return (elementId: string): string | undefined => {
    const names = known.get(elementId)?.names;
    return names && names.en !== elementId ? names[language] : undefined;
  };
}

function valuesOf(past: readonly Step[]): ValueThen[] {
  const last = past.at(-1);
  const values = new Map<string, ValueThen>();
  for (const step of past) {
    if (!step.variable) continue;
    const { scopeKey, name, new: value } = step.variable;
    const isNew = step === last;
    const instance = step.processInstanceKey;
    values.set(`${scopeKey} ${name}`, { instance, scopeKey, name, value, isNew });
  }
  return [...values.values()].sort((one, other) => one.name.localeCompare(other.name));
}
