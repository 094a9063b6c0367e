import type { Language } from "@/i18n";
import { missingTexts } from "@/i18n/missing";
import { chinese } from "./zh";

type Replacements = Record<string, string | number>;

const LETTERS = /[A-Za-z]/;

/** A dmn-js module that says everything in *language*; what has no Chinese is recorded. */
export function textsOf(language: Language) {
  const translate = (text: string, replacements: Replacements = {}) =>
    inLanguage(text, language).replace(/{([^}]+)}/g, (_, key: string) =>
      String(replacements[key.trim()] ?? `{${key}}`),
    );
  return { translate: ["value", translate] };
}

function inLanguage(text: string, language: Language): string {
  if (language === "en" || !LETTERS.test(text)) return text;
  const found = chinese[text];
  if (found === undefined) missingTexts.push(`zh dmn:${text}`);
  return found ?? text;
}
