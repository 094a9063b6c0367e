import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { usePermissions } from "@/api/session";
import { EmptyState } from "@/components/EmptyState";
import { useT } from "@/i18n";

/** A page for process owners; whoever comes by the address without the role is told so. */
export function OnlyOwners({ children }: { children: ReactNode }) {
  const t = useT("workspace");
  const { mayDeploy } = usePermissions();
  if (mayDeploy) return children;
  return (
    <EmptyState isPage icon={IconLock} title={t("workspace:denied.title")}>
      {t("workspace:denied.text")}
    </EmptyState>
  );
}
