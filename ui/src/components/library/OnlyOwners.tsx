import { IconLock } from "@tabler/icons-react";
import { EmptyState } from "@/components/EmptyState";
import { useT } from "@/i18n";

/** Said to whoever comes by the address without the role. */
export function OnlyOwners() {
  const t = useT("workspace");
  return (
    <EmptyState isPage icon={IconLock} title={t("workspace:denied.title")}>
      {t("workspace:denied.text")}
    </EmptyState>
  );
}
