import { Title } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { locale, useLanguage, useT } from "@/i18n";
import type { Move } from "./replay";
import { useMoveWords } from "./useMoveWords";

const ROW_PX = 30;
const OVERSCAN = 15;

interface Props {
  moves: readonly Move[];
  count: number;
  onGo: (count: number) => void;
}

/** All steps as a list, for who prefers words: each leads to its moment. */
export function ReplaySteps({ moves, count, onGo }: Props) {
  const t = useT("cases");
  const language = useLanguage();
  const words = useMoveWords(moves);
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: moves.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const { scrollToIndex } = virtual;
  useEffect(() => scrollToIndex(count - 1), [count, scrollToIndex]);
  const time = new Intl.DateTimeFormat(locale(language), { timeStyle: "medium" });
  const shown = virtual.getVirtualItems();
  return (
    <section aria-labelledby="steps-title" className="replay-steps">
      <Title order={2} size="h3" mb={6} id="steps-title">
        {t("cases:replay.steps")}
      </Title>
      <div
        ref={frame}
        className="replay-frame"
        tabIndex={0}
        role="region"
        aria-labelledby="steps-title"
      >
        <ol style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const move = moves[index] as Move;
            const { at } = move[0];
            const isNow = index === count - 1;
            return (
              <li
                key={key as number}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={moves.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <button
                  type="button"
                  aria-current={isNow ? "step" : undefined}
                  data-future={index >= count || undefined}
                  onClick={() => onGo(index + 1)}
                >
                  <time dateTime={at}>{time.format(new Date(at))}</time>
                  <span>{words(move)}</span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
