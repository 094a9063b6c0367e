/**
 * Keeps the texts in other languages beside a form that is being edited: a component that gets
 * another key takes its texts along, one that is removed loses them, and has them again by undo.
 */
import { type Block, type Component, componentsOf, type FormDocument, nameOf } from "./document";

type Blocks = Record<string, Block>;

export function keptTranslations(first: Pick<FormDocument, "translations" | "components">) {
  /** What each language says of a component, by its id. */
  const known = new Map<string, Map<string, unknown>>();
  let names = namesOf(first);
  let blocks = first.translations;

  return {
    /** Somebody has written other texts. */
    write(form: Pick<FormDocument, "translations" | "components">): void {
      names = namesOf(form);
      blocks = form.translations;
    },
    /** The form has changed: returns the texts that belong to it now. */
    follow(form: { components: Component[] }): Blocks | undefined {
      if (!blocks) return undefined;
      remember(known, names, blocks);
      names = namesOf(form);
      blocks = Object.fromEntries(
        Object.entries(blocks).map(([language, block]) => [
          language,
          { ...ofTheForm(block), ...ofComponents(known, names, language) },
        ]),
      );
      return blocks;
    },
  };
}

/** The names that texts are kept under, by the id of the component. */
function namesOf(form: { components: Component[] }): Map<string, string> {
  return new Map(componentsOf(form).map((one) => [one.id ?? nameOf(one), nameOf(one)]));
}

function remember(
  known: Map<string, Map<string, unknown>>,
  names: Map<string, string>,
  blocks: Blocks,
): void {
  for (const [id, name] of names) {
    const said = known.get(id) ?? new Map<string, unknown>();
    for (const [language, block] of Object.entries(blocks)) {
      const entry = block[name] ?? block[id];
      if (entry === undefined) said.delete(language);
      else said.set(language, entry);
    }
    known.set(id, said);
  }
}

/** Texts of the form itself; those of components are objects. */
function ofTheForm(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([, said]) => typeof said === "string"));
}

function ofComponents(
  known: Map<string, Map<string, unknown>>,
  names: Map<string, string>,
  language: string,
): Block {
  const entries = [...names].map(([id, name]) => [name, known.get(id)?.get(language)] as const);
  return Object.fromEntries(entries.filter(([, said]) => said !== undefined));
}
