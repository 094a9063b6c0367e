/** The texts of a form, in the language it was written in and in the other. */
import type { Language } from "@/i18n";
import {
  type Block,
  type Component,
  componentsOf,
  findComponent,
  type FormDocument,
  nameOf,
  readForm,
} from "@/islands/formeditor/document";

/** The texts of a component that can be translated, and the section of it where they stand. */
const TEXTS = {
  label: null,
  text: null,
  content: null,
  description: null,
  dateLabel: null,
  timeLabel: null,
  alt: null,
  title: null,
  prefixAdorner: "appearance",
  suffixAdorner: "appearance",
  patternErrorMessage: "validate",
} as const;

export type TextName = keyof typeof TEXTS | "formTitle" | "option";

/** One text of the form, as it is said in each language. */
export interface FormText {
  /** Whose text it is; null for the form itself. */
  component: Component | null;
  text: TextName;
  /** The value of the option whose label it is. */
  option?: string;
  said: Record<Language, string>;
  /** Languages that lack it; people see the other one. */
  missing: readonly Language[];
}

const LANGUAGES: readonly Language[] = ["en", "zh"];
const HAN = /\p{Script=Han}/u;
const LETTER = /\p{L}/u;

/** Reads a file; null if it is no form. */
export function formOf(content: string): FormDocument | null {
  try {
    const form = readForm(content);
    return Array.isArray(form.components) ? form : null;
  } catch {
    return null;
  }
}

/** The label of a component, for readers; its text or name if it has none. */
export function labelOf(form: FormDocument, name: string): string | undefined {
  const component = findComponent(form, name);
  const label = component?.label ?? component?.text;
  return typeof label === "string" && label ? shortened(label) : undefined;
}

/** What the form is called in a language. */
export function titleOf(form: FormDocument, language: Language): string | undefined {
  const said = form.translations?.[language]?.title;
  return typeof said === "string" && said ? said : form.title;
}

function shortened(text: string): string {
  const line = text
    .replace(/\{\{.*?\}\}/gs, "…")
    .replace(/[*#_\n]+/g, " ")
    .trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** The language that the components are written in: the one that has no block of its own. */
export function firstLanguage(form: FormDocument): Language | null {
  const has = (language: Language) => form.translations?.[language] !== undefined;
  if (has("en") && has("zh")) return null;
  if (has("zh")) return "en";
  if (has("en")) return "zh";
  const all = [form.title, ...componentsOf(form).map(({ label }) => label)].join(" ");
  return HAN.test(all) ? "zh" : "en";
}

export function textsOf(form: FormDocument): FormText[] {
  const first = firstLanguage(form);
  // Whoever writes a file by hand may have written a title that is no text.
  const title = typeof form.title === "string" ? form.title : "";
  const rows = [row(form, first, null, "formTitle", title)];
  for (const component of componentsOf(form)) {
    for (const text of Object.keys(TEXTS) as (keyof typeof TEXTS)[]) {
      const written = holderOf(component, text)?.[text];
      if (typeof written === "string") rows.push(row(form, first, component, text, written));
    }
    for (const { label, value } of optionsOf(component))
      rows.push(row(form, first, component, "option", label, String(value)));
  }
  return rows;
}

function holderOf(
  component: Component,
  text: keyof typeof TEXTS,
): Record<string, unknown> | undefined {
  const section = TEXTS[text];
  return section ? (component[section] as Record<string, unknown> | undefined) : component;
}

function row(
  form: FormDocument,
  first: Language | null,
  component: Component | null,
  text: TextName,
  written: string,
  option?: string,
): FormText {
  const say = (language: Language) =>
    language === first
      ? written
      : translated(form.translations?.[language], component, text, option);
  const said = { en: say("en"), zh: say("zh") };
  const needed = needsWords(written);
  const missing = LANGUAGES.filter((one) => needed && one !== first && said[one] === "");
  return { component, text, ...(option !== undefined && { option }), said, missing };
}

/** Expressions, and texts that hold nothing but variables, are the same in each language. */
function needsWords(text: string): boolean {
  return !text.startsWith("=") && LETTER.test(text.replace(/\{\{.*?\}\}/gs, ""));
}

function translated(
  block: Block = {},
  component: Component | null,
  text: TextName,
  option: string | undefined,
): string {
  const entry = component ? (block[entryOf(block, component)] as Block | undefined) : block;
  const options = entry?.options as Block | undefined;
  const said =
    option === undefined ? entry?.[text === "formTitle" ? "title" : text] : options?.[option];
  return typeof said === "string" ? said : "";
}

/** The name that a language has for a component: its key if it can be, else its path or id. */
function entryOf(block: Block, component: Component): string {
  const { key, path, id } = component;
  return [key, path, id].find((name) => name && name in block) ?? nameOf(component);
}

/** Returns the form with one text written in one language. */
export function written(
  form: FormDocument,
  text: FormText,
  language: Language,
  words: string,
): FormDocument {
  if (language === firstLanguage(form)) return writtenFirst(form, text, words);
  const block = form.translations?.[language] ?? {};
  const next = writtenIn(block, text, words);
  return { ...form, translations: { ...form.translations, [language]: next } };
}

function writtenIn(block: Block, { component, text, option }: FormText, words: string): Block {
  if (!component) return put(block, "title", words);
  const name = entryOf(block, component);
  const entry = (block[name] ?? {}) as Block;
  if (option === undefined) return put(block, name, put(entry, text, words));
  const options = put((entry.options ?? {}) as Block, option, words);
  return put(block, name, put(entry, "options", options));
}

function writtenFirst(form: FormDocument, text: FormText, words: string): FormDocument {
  const wanted = text.component;
  if (!wanted) return { ...form, title: words };
  const change = (component: Component): Component => ({
    ...component,
    ...(component.components && { components: component.components.map(change) }),
    ...(isSame(component, wanted) && changed(component, text, words)),
  });
  return { ...form, components: form.components.map(change) };
}

function isSame(one: Component, other: Component): boolean {
  return one.id && other.id ? one.id === other.id : nameOf(one) === nameOf(other);
}

function changed(
  component: Component,
  { text, option }: FormText,
  words: string,
): Partial<Component> {
  if (option !== undefined) {
    const values = component.values as Option[];
    return {
      values: values.map((one) => (String(one.value) === option ? { ...one, label: words } : one)),
    };
  }
  const section = TEXTS[text as keyof typeof TEXTS];
  if (!section) return { [text]: words };
  return { [section]: { ...(component[section] as object), [text]: words } };
}

/** What says nothing is left out. */
function put(into: Block, name: string, value: string | Block): Block {
  const isEmpty = typeof value === "string" ? value === "" : Object.keys(value).length === 0;
  const others = Object.entries(into).filter(([other]) => other !== name);
  return isEmpty ? Object.fromEntries(others) : { ...into, [name]: value };
}

interface Option {
  label: string;
  value: unknown;
}

function optionsOf(component: Component): Option[] {
  const values = component.values;
  return Array.isArray(values)
    ? (values as Option[]).filter(({ label }) => typeof label === "string")
    : [];
}
