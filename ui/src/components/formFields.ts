/** What the fields of a form are called, for what is said of them outside of it. */

interface Field {
  key?: string;
  path?: string;
  label?: string;
  components?: readonly Field[];
}

/** A field, and in which rows of its lists it stands, the outermost first, from 1. */
export interface NamedField {
  label: string;
  rows: readonly number[];
}

const ROW = /^\d+$/;

/** Returns the field that a JSON pointer into the form's values leads to, if it has a name. */
export function fieldAt(
  schema: { components?: readonly Field[] },
  pointer: string,
): NamedField | undefined {
  const parts = pointer.split("/").slice(1);
  const place = parts.filter((part) => !ROW.test(part)).join(".");
  const label = find(schema.components ?? [], "", place)?.label;
  // A label may be computed; the form shows it, here it would be a formula.
  if (!label || label.startsWith("=")) return undefined;
  return { label, rows: parts.filter((part) => ROW.test(part)).map((part) => Number(part) + 1) };
}

function find(fields: readonly Field[], within: string, place: string): Field | undefined {
  for (const field of fields) {
    const here = [within, field.key ?? field.path].filter(Boolean).join(".");
    if (here === place && field.label) return field;
    const inside = field.components && find(field.components, here, place);
    if (inside) return inside;
  }
  return undefined;
}
