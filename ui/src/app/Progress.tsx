import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useT } from "@/i18n";

/** A line at the top while the server takes longer than a second; the style makes it wait. */
export function Progress() {
  const t = useT();
  const isBusy = useIsFetching() + useIsMutating() > 0;
  if (!isBusy) return null;
  return <div className="app-progress" role="progressbar" aria-label={t("common:loading")} />;
}
