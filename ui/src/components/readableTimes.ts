import { absolute } from "@/components/time";
import type { Language } from "@/i18n";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

/** Writes the moments that a form's texts show in the reader's zone and language. */
export function withReadableTimes<Schema>(
  schema: Schema,
  data: Readonly<Record<string, unknown>>,
  language: Language,
): Schema {
  const shown = (text: string) =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = data[name];
      const isMoment = typeof value === "string" && MOMENT.test(value);
      return isMoment ? absolute(new Date(value), language) : whole;
    });
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "text" && typeof value === "string" ? shown(value) : value,
  ) as Schema;
}
