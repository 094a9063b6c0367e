import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { useRetryAll } from "./retry";
import type { IncidentsSearch } from "./search";

interface Props {
  search: IncidentsSearch;
  total: number;
  onClose: () => void;
}

/** Asks before all incidents of the list are tried again, then says how far it has come. */
export function RetryAll({ search, total, onClose }: Props) {
  const t = useT("operations");
  const { all, progress } = useRetryAll(search);
  const done = (progress?.retried ?? 0) + (progress?.refused ?? 0);
  const percent = progress ? (100 * done) / Math.max(1, done + progress.remaining) : 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("operations:incidents.retryAll")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="sm">
        {!all.isSuccess && (
          <Text size="sm">{t("operations:incidents.retryAllText", { count: total })}</Text>
        )}
        {(all.isPending || all.isSuccess) && (
          <Progress value={percent} aria-label={t("operations:incidents.progress")} />
        )}
        <Text size="sm" role="status">
          {progress && t("operations:incidents.soFar", { ...progress })}
        </Text>
        {all.error && <ErrorState error={all.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:close")}
          </Button>
          {!all.isSuccess && (
            <Button loading={all.isPending} onClick={() => all.mutate()}>
              {t("operations:incidents.retryThese")}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
