import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import type { Draft } from "./draft";
import { TakeOver } from "./TakeOver";
import type { TaskSheet } from "./tasks";

interface Props {
  sheet: TaskSheet;
  canTake: boolean;
  isMine: boolean;
  isBusy: boolean;
  draft: Draft;
  onTake: () => void;
  onTakeOver: () => void;
  onRelease: () => void;
  onComplete: () => void;
}

const UNSAVED = ["waiting", "tooLarge"] as const;

/** The buttons of a task, always in sight. */
export function TaskFoot(props: Props) {
  const { sheet, canTake, isMine, isBusy, draft, onTake, onTakeOver, onRelease, onComplete } =
    props;
  const t = useT("work");
  const [asks, setAsks] = useState(false);
  const holder = sheet.assigneeName ?? sheet.task.assignee;
  if (!canTake && !isMine) return null;
  return (
    <footer className="task-foot">
      {canTake && (
        <Button loading={isBusy} onClick={holder ? () => setAsks(true) : onTake}>
          {t(holder ? "work:task.takeOverAsk" : "work:task.take")}
        </Button>
      )}
      {asks && holder && (
        <TakeOver from={holder} onTakeOver={onTakeOver} onClose={() => setAsks(false)} />
      )}
      {isMine && (
        <>
          <Button loading={isBusy} onClick={onComplete}>
            {t("work:task.complete")}
          </Button>
          <Button variant="default" disabled={isBusy} onClick={onRelease}>
            {t("work:task.release")}
          </Button>
          <Text size="xs" c="dimmed" role="status" ml="auto">
            {draft.state === "saved" && (
              <>
                {t("work:draft.saved")} <When at={draft.savedAt} />
              </>
            )}
            {UNSAVED.map((state) => draft.state === state && t(`work:draft.${state}`))}
          </Text>
        </>
      )}
    </footer>
  );
}
