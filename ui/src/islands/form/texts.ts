import type { Language } from "@/i18n";
import { missingTexts } from "@/i18n/missing";
import { chinese } from "./zh";

const UNASKED = ".fjs-filepicker-button, .fjs-select-placeholder";

type Replacements = Record<string, string | number>;

/** A form-js module that says everything in *language*; what has no Chinese is recorded. */
export function textsOf(language: Language) {
  const translate = (text: string, replacements: Replacements = {}) =>
    inLanguage(text, language).replace(/{([^}]+)}/g, (_, key: string) =>
      String(replacements[key] ?? `{${key}}`),
    );
  return { translate: ["value", translate] };
}

/**
 * Puts in our words where form-js asks nobody. It changes the text of the node, not the node, for
 * form-js goes on writing into it. Returns how to stop.
 */
export function showOwnTexts(element: HTMLElement, language: () => Language): () => void {
  const show = () => {
    for (const { firstChild } of element.querySelectorAll(UNASKED)) {
      const text = firstChild?.nodeValue;
      if (firstChild && (text === "Browse" || text === "Select"))
        firstChild.nodeValue = inLanguage(text, language());
    }
  };
  const observer = new MutationObserver(show);
  observer.observe(element, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function inLanguage(text: string, language: Language): string {
  if (language === "en") return text;
  const found = chinese[text];
  if (found === undefined) missingTexts.push(`zh form-js:${text}`);
  return found ?? text;
}
