import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMaximize, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useT } from "@/i18n";
import type { Zoom } from "@/islands/zoom";

const ZOOMS = [
  ["in", IconZoomIn],
  ["out", IconZoomOut],
  ["all", IconMaximize],
] as const;

/** Larger, smaller, all of it: for a diagram below. */
export function ZoomButtons({ onZoom }: { onZoom: (how: Zoom) => void }) {
  const t = useT();
  return (
    <div className="app-diagram-zoom">
      {ZOOMS.map(([how, Icon]) => (
        <Tooltip key={how} label={t(`common:zoom.${how}`)} position="left">
          <ActionIcon
            variant="default"
            size={26}
            aria-label={t(`common:zoom.${how}`)}
            onClick={() => onZoom(how)}
          >
            <Icon size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}
