/** A `.form` file as JSON: its components, and its block of texts in other languages. */

export interface Component {
  type: string;
  id?: string;
  key?: string;
  path?: string;
  components?: Component[];
  [property: string]: unknown;
}

/** What one language says: of the form itself (a text), or of a component (its texts). */
export type Block = Record<string, unknown>;

export interface FormDocument {
  components: Component[];
  title?: string;
  translations?: Record<string, Block>;
  [property: string]: unknown;
}

export function readForm(content: string): FormDocument {
  return JSON.parse(content) as FormDocument;
}

export function writeForm(form: FormDocument): string {
  return `${JSON.stringify(form, null, 2)}\n`;
}

/** Every component, with those inside of groups and lists. */
export function componentsOf(form: { components?: Component[] }): Component[] {
  return (form.components ?? []).flatMap((one) => [one, ...componentsOf(one)]);
}

/** What a translation calls a component: its key, else its path, else its id. */
export function nameOf({ key, path, id }: Component): string {
  return key || path || id || "";
}

/** Finds a component by its key, path or id. */
export function findComponent(form: FormDocument, name: string): Component | undefined {
  const all = componentsOf(form);
  return (
    all.find((one) => nameOf(one) === name) ??
    all.find(({ id, path }) => id === name || path === name)
  );
}
