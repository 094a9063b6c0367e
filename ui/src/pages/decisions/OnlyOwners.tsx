import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "@/components/EmptyState";
import { useT } from "@/i18n";

/** Said to whoever comes by the address without the role. */
export function OnlyOwners() {
  const t = useT("decisions");
  return (
    <EmptyState isPage icon={IconLock} title={t("decisions:denied.title")}>
      {t("decisions:denied.text")}
    </EmptyState>
  );
}
