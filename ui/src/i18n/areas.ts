/** The areas that have texts; an area adds its line here. */
import type audit from "@/i18n/en/audit.json";
import type cases from "@/i18n/en/cases.json";
import type common from "@/i18n/en/common.json";
import type decisions from "@/i18n/en/decisions.json";
import type forms from "@/i18n/en/forms.json";
import type library from "@/i18n/en/library.json";
import type operations from "@/i18n/en/operations.json";
import type people from "@/i18n/en/people.json";
import type start from "@/i18n/en/start.json";
import type facts from "@/i18n/en/facts.json";
import type work from "@/i18n/en/work.json";
import type workspace from "@/i18n/en/workspace.json";

export interface Texts {
  audit: typeof audit;
  cases: typeof cases;
  common: typeof common;
  decisions: typeof decisions;
  forms: typeof forms;
  library: typeof library;
  operations: typeof operations;
  people: typeof people;
  start: typeof start;
  facts: typeof facts;
  work: typeof work;
  workspace: typeof workspace;
}

export type Area = keyof Texts;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Texts;
  }
}
