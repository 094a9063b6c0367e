import { Badge, type MantineColor } from "@mantine/core";
import {
  IconAlertCircleFilled,
  IconCircleCheck,
  IconClock,
  IconClockExclamation,
  IconPlayerPause,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { absolute, length, urgency } from "@/components/time";
import { useNow } from "@/hooks/clock";
import { useLanguage, useT } from "@/i18n";

interface Props {
  due: string | null | undefined;
  /** When the time began to run. */
  since?: string | null | undefined;
  /** `met` and `paused` say more than the clock does. */
  state?: "running" | "paused" | "met";
}

type Look = [MantineColor, ComponentType<{ size: number }>];

const LOOKS: Record<"overdue" | "soon" | "later" | "paused" | "met", Look> = {
  overdue: ["red", IconAlertCircleFilled],
  soon: ["orange", IconClockExclamation],
  later: ["gray", IconClock],
  paused: ["blue", IconPlayerPause],
  met: ["green", IconCircleCheck],
};

/** A deadline by colour, icon and words, on the server's clock. */
export function DueBadge({ due, since, state = "running" }: Props) {
  const t = useT();
  const language = useLanguage();
  const now = useNow();
  if (!due) return null;
  const at = new Date(due);
  const kind = state === "running" ? urgency(at, now, since ? new Date(since) : undefined) : state;
  const [color, Icon] = LOOKS[kind];
  const time = length(Math.abs(at.getTime() - now.getTime()), language);
  return (
    <Badge
      color={color}
      leftSection={<Icon size={13} />}
      title={absolute(at, language)}
      className="app-due"
    >
      {t(`common:due.${kind}`, { time })}
    </Badge>
  );
}
