/** What the pages read from a .dmn file: its decisions, their inputs, and where an element is. */
import type { Language } from "@/i18n";
import { saidIn } from "@/i18n/both";
import { EXAMPLES, type Example } from "@/islands/dmn/examples";

export interface Decision {
  id: string;
  name: string;
  /** The decisions that it needs, directly. */
  requires: readonly string[];
  /** The variables that its input columns name, such as `customer.segment`. */
  inputs: readonly string[];
}

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** Whether a text names a variable, or a part of one. */
export function isPath(text: string): boolean {
  return PATH.test(text);
}

/** Returns the file as a tree; broken XML gives a tree without decisions. */
export function parsed(xml: string): Document {
  return new DOMParser().parseFromString(xml, "application/xml");
}

export function decisionsOf(tree: Document, language: Language): Decision[] {
  return all(tree, "decision").map((decision) => ({
    id: decision.id,
    name: nameOf(decision, language),
    requires: all(decision, "requiredDecision").map((required) =>
      (required.getAttribute("href") ?? "").replace("#", ""),
    ),
    inputs: all(decision, "inputExpression")
      .map((expression) => expression.textContent.trim())
      .filter(isPath),
  }));
}

export function examplesOf(tree: Document): Example[] {
  return [...tree.getElementsByTagNameNS(EXAMPLES, "example")].map((example) => ({
    decision: example.getAttribute("decision") ?? "",
    inputs: example.getAttribute("inputs") ?? "",
    expected: example.getAttribute("expected") ?? "",
  }));
}

/** Returns the variables that a decision is asked with, its required decisions' included. */
export function variablesOf(decisions: readonly Decision[], asked: string): string[] {
  const needed = new Set<string>();
  const visit = (id: string) => {
    if (needed.has(id)) return;
    needed.add(id);
    decisions.find((decision) => decision.id === id)?.requires.forEach(visit);
  };
  visit(asked);
  const made = (variable: string) => needed.has(variable.split(".")[0] ?? "");
  const named = decisions.filter(({ id }) => needed.has(id)).flatMap(({ inputs }) => inputs);
  return [...new Set(named)].filter((variable) => !made(variable));
}

/** Where an element stands: its decision, and the number of its rule from 1, if it is in one. */
export function placeOf(tree: Document, elementId: string, language: Language) {
  const element = tree.querySelector(`[id="${CSS.escape(elementId)}"]`);
  const decision = closest(element, "decision");
  if (!decision) return null;
  const rule = closest(element, "rule");
  return {
    decision: decision.id,
    name: nameOf(decision, language),
    rule: rule ? all(decision, "rule").indexOf(rule) + 1 : null,
  };
}

function nameOf(decision: Element, language: Language): string {
  return saidIn(language, decision.getAttribute("name") || decision.id);
}

function all(under: Document | Element, name: string): Element[] {
  return [...under.getElementsByTagNameNS("*", name)];
}

function closest(element: Element | null, name: string): Element | null {
  let here = element;
  while (here && here.localName !== name) here = here.parentElement;
  return here;
}
