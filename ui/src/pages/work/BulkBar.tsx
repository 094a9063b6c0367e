import { Alert, Button, CloseButton, Group, List, Progress, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { usePeopleNames } from "@/api/directory";
import { usePermissions } from "@/api/session";
import { useProblemWords } from "@/components/problemWords";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { type Failure, type Run, useBulk } from "./bulk";
import { type Task, taskName } from "./tasks";

const AssignTo = lazy(() => import("./AssignTo"));

/** What can be done with the chosen tasks at once, how far that is, and what became of each. */
export function BulkBar({ chosen, onClear }: { chosen: readonly Task[]; onClear: () => void }) {
  const t = useT("work");
  const { mayDistribute } = usePermissions();
  const [asks, setAsks] = useState(false);
  const { run, isRunning, start, close } = useBulk();
  useKeys(chosen.length > 0 ? [{ key: "Escape", label: t("work:keys.clear"), run: onClear }] : []);
  const begin = (deed: Parameters<typeof start>[0]) => {
    setAsks(false);
    onClear();
    void start(deed, chosen);
  };
  return (
    <div role="status" aria-live="polite">
      {chosen.length > 0 && !isRunning && (
        <Group gap="xs" className="work-bulk">
          <Text size="sm" fw={600}>
            {t("work:bulk.chosen", { count: chosen.length })}
          </Text>
          <Button size="compact-sm" onClick={() => begin({ kind: "take" })}>
            {t("work:bulk.take")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => begin({ kind: "release" })}>
            {t("work:bulk.release")}
          </Button>
          {mayDistribute && (
            <Button size="compact-sm" variant="default" onClick={() => setAsks(true)}>
              {t("work:bulk.assign")}
            </Button>
          )}
          <CloseButton ml="auto" size="sm" aria-label={t("work:keys.clear")} onClick={onClear} />
        </Group>
      )}
      {run && <Result run={run} onClose={close} />}
      {asks && (
        <Suspense>
          <AssignTo
            count={chosen.length}
            onClose={() => setAsks(false)}
            onAssign={(to) => begin({ kind: "assign", to })}
          />
        </Suspense>
      )}
    </div>
  );
}

function Result({ run, onClose }: { run: Run; onClose: () => void }) {
  const t = useT("work");
  const { kind, done, total, failures } = run;
  if (done < total)
    return (
      <div className="work-bulk">
        <Text size="sm">{t("work:bulk.running", { done, total })}</Text>
        <Progress
          mt={4}
          value={(100 * done) / total}
          aria-label={t("work:bulk.running", { done, total })}
        />
      </div>
    );
  return (
    <Alert
      mb="xs"
      color={failures.length > 0 ? "orange" : "green"}
      withCloseButton
      closeButtonLabel={t("common:close")}
      onClose={onClose}
      title={t(`work:bulk.${kind}Done`, { count: total - failures.length })}
    >
      {failures.length > 0 && (
        <>
          <Text size="sm">{t("work:bulk.failed", { count: failures.length })}</Text>
          <List size="sm" className="work-failures">
            {failures.map((failure) => (
              <List.Item key={failure.task.userTaskKey}>
                <Why {...failure} />
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}

function Why({ task, problem }: Failure) {
  const t = useT("work");
  const nameOf = usePeopleNames();
  const words = useProblemWords();
  const which = `${task.businessId ?? ""} ${taskName(task)}`;
  if (problem.status === 409 && task.state === "CREATED" && task.assignee)
    return t("work:bulk.has", { which, name: nameOf(task.assignee) });
  if (problem.status === 409 && task.state !== "CREATED") return t("work:bulk.ended", { which });
  return t("work:bulk.other", { which, why: words(problem).title });
}
