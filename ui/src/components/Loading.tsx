import { Skeleton, Stack } from "@mantine/core";
import { useT } from "@/i18n";

/** A page that is on its way. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const t = useT();
  return (
    <Stack gap="xs" p="md" role="status" aria-busy="true">
      <span className="app-visually-hidden">{t("common:loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={row === 0 ? 26 : 18} w={row === 0 ? "30%" : "100%"} />
      ))}
    </Stack>
  );
}
