/** The areas that have texts; an area adds its line here. */
import type common from "@/i18n/en/common.json";
import type library from "@/i18n/en/library.json";
import type operations from "@/i18n/en/operations.json";
import type start from "@/i18n/en/start.json";
import type work from "@/i18n/en/work.json";
import type workspace from "@/i18n/en/workspace.json";

export interface Texts {
  common: typeof common;
  library: typeof library;
  operations: typeof operations;
  start: typeof start;
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
