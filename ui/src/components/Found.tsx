import type { components } from "@/api/schema";
import { locale, useLanguage, useT } from "@/i18n";

/** How many a search has found; told to readers when it changes. */
export function Found({ page }: { page: components["schemas"]["PageInfo"] | undefined }) {
  const t = useT();
  const language = useLanguage();
  const number = new Intl.NumberFormat(locale(language)).format(page?.totalItems ?? 0);
  return (
    <span role="status">
      {page && t(page.hasMoreTotalItems ? "common:foundMore" : "common:found", { number })}
    </span>
  );
}
