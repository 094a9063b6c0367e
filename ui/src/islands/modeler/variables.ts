/** What the editor of expressions offers: the variables of the diagram, and Redress's own functions. */
import { getVariablesForElement } from "@bpmn-io/extract-process-variables/zeebe";
import type { Language } from "@/i18n";

interface Offered {
  name: string;
  info?: string;
  type?: "function";
  params?: readonly { name: string }[];
}

const FUNCTIONS: readonly (Omit<Offered, "info"> & Record<Language, string>)[] = [
  {
    name: "working time",
    params: [{ name: "start" }, { name: "duration" }, { name: "calendar" }],
    en: "The moment when that much working time has passed.",
    zh: "经过相应工作时间之后的时刻。",
  },
  { name: "case", params: [], en: "The number of the case.", zh: "案件编号。" },
  { name: "own number", params: [], en: "The number of this instance.", zh: "本实例的编号。" },
];

/** A bpmn-js module that says what expressions of an element may use. */
export function variablesIn(language: Language) {
  const functions = FUNCTIONS.map(({ name, params, [language]: info }) => ({
    name,
    info,
    params,
    type: "function" as const,
  }));
  const resolver = {
    getVariablesForElement: async (element: object): Promise<readonly Offered[]> => [
      ...(await getVariablesForElement(element)),
      ...functions,
    ],
  };
  return { variableResolver: ["value", resolver] as ["value", typeof resolver] };
}
