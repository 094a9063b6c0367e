/** The areas that have texts; an area adds its line here. */
import type common from "@/i18n/en/common.json";
import type work from "@/i18n/en/work.json";

export interface Texts {
  common: typeof common;
  work: typeof work;
}

export type Area = keyof Texts;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Texts;
  }
}
