/** Element templates in the reader's language; the library asks for their explanations only. */
import type { Language } from "@/i18n";
import { inLanguage } from "./texts";

interface Template {
  name: string;
  description?: string;
  properties?: readonly { label?: string }[];
}

export function templatesIn(language: Language, templates: readonly object[]): readonly object[] {
  return (templates as readonly Template[]).map((template) => ({
    ...template,
    name: inLanguage(template.name, language),
    ...(template.description && { description: inLanguage(template.description, language) }),
    properties: (template.properties ?? []).map((property) => ({
      ...property,
      ...(property.label && { label: inLanguage(property.label, language) }),
    })),
  }));
}
