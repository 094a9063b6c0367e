import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useUsername } from "@/api/session";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import type { WorkSearch } from "./search";
import { arrivalsQuery } from "./tasks";

interface Props {
  search: WorkSearch;
  since: string | undefined;
  onShow: () => void;
}

/** Says that work has come; the list itself waits until somebody wants to see it. */
export function Arrivals({ search, since, onShow }: Props) {
  const t = useT("work");
  const count = useQuery(arrivalsQuery(search, useUsername(), since)).data ?? 0;
  useKeys([{ key: "n", label: t("work:keys.arrivals"), run: () => count > 0 && onShow() }]);
  return (
    <div role="status" aria-live="polite" className="work-arrivals">
      {count > 0 && (
        <Button
          size="compact-xs"
          radius="xl"
          leftSection={<IconArrowUp size={13} aria-hidden />}
          onClick={onShow}
        >
          {t("work:arrivals", { count })}
        </Button>
      )}
    </div>
  );
}
