import { Badge } from "@mantine/core";
import { useSession } from "@/api/session";
import { useT } from "@/i18n";

/** How much of the demo is there while it is still being played. */
export function DemoLoading() {
  const t = useT();
  const { demo } = useSession();
  const share = demo?.loading.demo;
  if (share === undefined) return null;
  return (
    <Badge color="blue" visibleFrom="xs">
      {t("common:demo.loading", { percent: Math.floor(100 * share) })}
    </Badge>
  );
}
