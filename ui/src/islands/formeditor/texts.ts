/**
 * form-js asks nobody what to say, so its own texts are replaced where they stand: in the palette,
 * the properties and the hints. What people have written themselves stays as it is.
 */
import type { Language } from "@/i18n";
import { missingTexts } from "@/i18n/missing";
import { chinese, PATTERNS } from "./zh";

const OWN = [
  ".fjs-palette-container",
  ".fjs-properties-container",
  ".fjs-context-pad",
  ".fjs-empty-editor",
  ".fjs-empty-component",
  ".fjs-form-field-placeholder",
  ".bio-properties-panel-popup",
  ".bio-properties-panel-tooltip",
].join();
const WRITTEN = [
  ".bio-properties-panel-header-label",
  ".bio-properties-panel-collapsible-entry-header-title",
  ".cm-content",
  '[data-entry-id="defaultValue"] option[value]:not([value=""])',
  "textarea",
  "script",
  "style",
].join();
const SPOKEN = ["title", "placeholder", "aria-label"];
const LETTERS = /[A-Za-z]{2}/;
const HAN = /\p{Script=Han}/u;

/** Says everything below *element* in the language; `stop` leaves it as it is. */
export function speaking(element: HTMLElement, language: () => Language): { stop: () => void } {
  const say = (node: Node) => {
    if (language() === "en") return;
    if (node instanceof Text) sayText(node);
    if (node instanceof Element) sayAll(node);
  };
  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "childList") addedNodes.forEach(say);
      else say(target);
    }
  });
  const everything = { childList: true, subtree: true, characterData: true, attributes: true };
  const watch = { ...everything, attributeFilter: SPOKEN };
  observer.observe(element, watch);
  return { stop: () => observer.disconnect() };
}

function sayAll(root: Element): void {
  for (const one of [root, ...root.querySelectorAll("*")]) {
    if (!one.closest(OWN)) continue;
    sayAttributes(one);
    for (const child of one.childNodes) if (child instanceof Text) sayText(child);
  }
}

function sayText(node: Text): void {
  const parent = node.parentElement;
  if (!parent?.closest(OWN) || parent.closest(WRITTEN)) return;
  const said = inChinese(node.data);
  if (said !== node.data) node.data = said;
}

function sayAttributes(one: Element): void {
  for (const name of SPOKEN) {
    const text = one.getAttribute(name);
    const said = text && inChinese(text);
    if (said && said !== text) one.setAttribute(name, said);
  }
}

function inChinese(text: string): string {
  const bare = text.trim();
  if (!LETTERS.test(bare) || HAN.test(bare)) return text;
  const found = chinese[bare];
  if (found !== undefined) return text.replace(bare, found);
  for (const [pattern, replacement] of PATTERNS) {
    const match = pattern.exec(bare);
    if (match) return replacement(...match.slice(1).map((part) => chinese[part] ?? part));
  }
  missingTexts.push(`zh form-js-editor:${bare}`);
  return text;
}
