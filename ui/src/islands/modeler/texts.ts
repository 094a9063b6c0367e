import type { Language } from "@/i18n";
import { missingTexts } from "@/i18n/missing";
import { chinese } from "./zh";

type Replacements = Record<string, string | number>;

const BOTH = /^(.+) \/ (.*[\u4e00-\u9fff].*)$/;
const LETTERS = /[A-Za-z]/;

/** A bpmn-js module that says everything in *language*; what has no Chinese is recorded. */
export function textsOf(language: Language) {
  const translate = (text: string, replacements: Replacements = {}) =>
    inLanguage(text, language).replace(/{([^}]+)}/g, (_, key: string) =>
      String(replacements[key] ?? `{${key}}`),
    );
  return { translate: ["value", translate] as ["value", typeof translate] };
}

/** Our templates carry names in both languages, as "Send e-mail / 发送邮件". */
export function inLanguage(text: string, language: Language): string {
  const both = BOTH.exec(text);
  if (both) return (language === "zh" ? both[2] : both[1]) ?? text;
  if (language === "en" || !LETTERS.test(text)) return text;
  const found = chinese[text];
  if (found === undefined) missingTexts.push(`zh modeler:${text}`);
  return found ?? text;
}
