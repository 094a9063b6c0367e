import type { Language } from "@/i18n";
import { saidIn } from "@/i18n/both";
import { missingTexts } from "@/i18n/missing";
import { chinese } from "./zh";

type Replacements = Record<string, string | number>;

const LETTERS = /[A-Za-z]/;

/** A bpmn-js module that says everything in *language*; what has no Chinese is recorded. */
export function textsOf(language: Language) {
  const translate = (text: string, replacements: Replacements = {}) =>
    inLanguage(text, language).replace(/{([^}]+)}/g, (_, key: string) =>
      String(replacements[key] ?? `{${key}}`),
    );
  return { translate: ["value", translate] as ["value", typeof translate] };
}

export function inLanguage(text: string, language: Language): string {
  const said = saidIn(language, text);
  if (said !== text) return said;
  if (language === "en" || !LETTERS.test(text)) return text;
  const found = chinese[text];
  if (found === undefined) missingTexts.push(`zh modeler:${text}`);
  return found ?? text;
}
