/** A case at a moment: what the first steps of its story have led to. */
import type { DiagramProps } from "@/islands/diagram";
import type { Step } from "./data";

/** What is replayed as one: a step, or the variables that were set at one moment. */
export type Move = readonly [Step, ...Step[]];

/** A variable at that moment; `isNew` if the last move gave it this value. */
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

/** Puts variables that were set together into one move; every other step is a move of its own. */
export function movesOf(steps: readonly Step[]): Move[] {
  const moves: [Step, ...Step[]][] = [];
  for (const step of steps) {
    const open = moves.at(-1);
    if (open && isSetWith(step, open[0])) open.push(step);
    else moves.push([step]);
  }
  return moves;
}

function isSetWith(step: Step, first: Step): boolean {
  const { variable, at, processInstanceKey } = step;
  return (
    Boolean(variable && first.variable) &&
    at === first.at &&
    processInstanceKey === first.processInstanceKey
  );
}

/** Returns how the case stood when `count` moves had happened. */
export function momentOf(moves: readonly Move[], count: number): Moment {
  const past = moves.slice(0, count).flat();
  const last = moves[count - 1];
  const { processInstanceKey: instance, elementId } = (last ?? moves[0])?.[0] ?? {};
  const tokens = new Tokens();
  for (const step of past) {
    if (step.processInstanceKey === instance && step.elementId) tokens.take(step, step.elementId);
  }
  const chosen = last && elementId ? [{ elementId, mark: "chosen" as const }] : [];
  return { instance, marks: [...tokens.marks(), ...chosen], values: valuesOf(past, last) };
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

const named = new WeakMap<readonly Move[], Map<string, Step>>();

/** Returns a function from an element's id to its name, as the moves have it. */
export function namesOf(moves: readonly Move[], language: "en" | "zh") {
  let known = named.get(moves);
  if (!known) {
    known = new Map(moves.flatMap(([step]) => (step.elementId ? [[step.elementId, step]] : [])));
    named.set(moves, known);
  }
  return (elementId: string): string | undefined => {
    const names = known.get(elementId)?.names;
    return names && names.en !== elementId ? names[language] : undefined;
  };
}

function valuesOf(past: readonly Step[], last: Move | undefined): ValueThen[] {
  const values = new Map<string, ValueThen>();
  for (const step of past) {
    if (!step.variable) continue;
    const { scopeKey, name, new: value } = step.variable;
    const isNew = last?.includes(step) ?? false;
    const instance = step.processInstanceKey;
    values.set(`${scopeKey} ${name}`, { instance, scopeKey, name, value, isNew });
  }
  return [...values.values()].sort((one, other) => one.name.localeCompare(other.name));
}
