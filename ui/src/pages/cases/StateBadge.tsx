import { Badge } from "@mantine/core";
import { useT } from "@/i18n";

const COLORS = { ACTIVE: "blue", ENDED: "green", COMPLETED: "green", TERMINATED: "gray" } as const;

/** Whether a case, or one of its processes, is still under way. */
export function StateBadge({ state }: { state: keyof typeof COLORS }) {
  const t = useT("cases");
  return <Badge color={COLORS[state]}>{t(`cases:states.${state}`)}</Badge>;
}
