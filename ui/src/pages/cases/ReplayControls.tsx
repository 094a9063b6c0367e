import { ActionIcon, Group, SegmentedControl, Slider, Text, Tooltip } from "@mantine/core";
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from "@tabler/icons-react";
import { type ComponentType, useEffect, useState } from "react";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import type { Move } from "./replay";
import { useMoveWords } from "./useMoveWords";

const SPEEDS = ["1", "4", "16"] as const;
const STEP_MS = 1_000;

interface Props {
  moves: readonly Move[];
  /** How many of them have happened. */
  count: number;
  onGo: (count: number) => void;
}

/** Slider, steps and play. The arrow keys step, the space bar plays. */
export function ReplayControls({ moves, count, onGo }: Props) {
  const t = useT("cases");
  const words = useMoveWords(moves);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<string>(SPEEDS[0]);
  const isAtEnd = count >= moves.length;
  const plays = isPlaying && !isAtEnd;

  useEffect(() => {
    if (!plays) return;
    const timer = setTimeout(() => onGo(count + 1), STEP_MS / Number(speed));
    return () => clearTimeout(timer);
  }, [plays, count, speed, onGo]);

  const go = (to: number) => {
    setPlaying(false);
    onGo(to);
  };
  const toggle = () => {
    if (isAtEnd) onGo(1);
    setPlaying(!plays);
  };
  useKeys([
    { key: "ArrowLeft", label: t("cases:replay.back1"), run: () => go(count - 1) },
    { key: "ArrowRight", label: t("cases:replay.on1"), run: () => go(count + 1) },
    { key: "p", label: t("cases:replay.play"), run: toggle },
  ]);
  const said = moves[count - 1];
  return (
    <Group gap="xs" mb="sm" wrap="wrap" role="group" aria-label={t("cases:replay.controls")}>
      <Control icon={IconPlayerSkipBack} label={t("cases:replay.first")} run={() => go(1)} />
      <Control
        icon={IconPlayerTrackPrev}
        label={t("cases:replay.back1")}
        run={() => go(count - 1)}
      />
      <Control
        icon={plays ? IconPlayerPause : IconPlayerPlay}
        label={t(plays ? "cases:replay.pause" : "cases:replay.play")}
        run={toggle}
        isMain
      />
      <Control icon={IconPlayerTrackNext} label={t("cases:replay.on1")} run={() => go(count + 1)} />
      <Control
        icon={IconPlayerSkipForward}
        label={t("cases:replay.last")}
        run={() => go(moves.length)}
      />
      <Slider
        className="replay-slider"
        size="sm"
        min={1}
        max={Math.max(moves.length, 2)}
        value={count}
        label={null}
        onChange={go}
        thumbLabel={t("cases:replay.slider")}
        thumbProps={{ "aria-valuetext": said ? words(said) : "" }}
      />
      <Text size="sm" className="app-numeric">
        {t("cases:replay.of", { step: count, total: moves.length })}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t("cases:replay.speed")}
        value={speed}
        onChange={setSpeed}
        data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
      />
    </Group>
  );
}

interface ControlProps {
  icon: ComponentType<{ size: number }>;
  label: string;
  run: () => void;
  isMain?: boolean;
}

function Control({ icon: Icon, label, run, isMain }: ControlProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={isMain ? "filled" : "default"}
        size={30}
        aria-label={label}
        onClick={run}
      >
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
