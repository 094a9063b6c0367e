import { Button, CloseButton, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useProcessNames } from "@/api/directory";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { DUES, VIEWS, type WorkSearch } from "./search";

const Views = lazy(() => import("./Views"));

interface Props {
  search: WorkSearch;
  /** Shows what a saved view stands for, in place of all that is asked for now. */
  onShow: (search: WorkSearch) => void;
  onChange: (changes: Partial<Record<keyof WorkSearch, unknown>>) => void;
}

const PAUSE_MS = 250;

export function Filters({ search, onShow, onChange }: Props) {
  const t = useT("work");
  const processes = useProcessNames();
  const view = search.view ?? "todo";
  return (
    <Group gap={6} mb="xs" className="work-filters">
      <Button.Group aria-label={t("work:views.label")}>
        {VIEWS.map((one) => (
          <Button
            key={one}
            size="xs"
            px={10}
            variant={one === view ? "light" : "default"}
            aria-pressed={one === view}
            onClick={() => onChange({ view: one })}
          >
            {t(`work:views.${one}`)}
          </Button>
        ))}
      </Button.Group>
      <Suspense>
        <Views search={search} onShow={onShow} />
      </Suspense>
      <Search q={search.q ?? ""} onChange={(q) => onChange({ q: q || undefined })} />
      <NativeSelect
        size="xs"
        aria-label={t("work:filters.due")}
        value={search.due ?? ""}
        onChange={(event) => onChange({ due: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("work:filters.anyDue") },
          ...DUES.map((value) => ({ value, label: t(`work:filters.${value}`) })),
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t("work:filters.process")}
        value={search.process ?? ""}
        onChange={(event) => onChange({ process: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("work:filters.anyProcess") },
          ...[...processes].map(([value, label]) => ({ value, label })),
        ]}
      />
    </Group>
  );
}

function Search({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const t = useT("work");
  const [typed, setTyped] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(q);
  }, [q]);
  const later = useDebouncedCallback(onChange, PAUSE_MS);
  useKeys([{ key: "/", label: t("work:keys.search"), run: () => field.current?.focus() }]);
  const change = (text: string) => {
    setTyped(text);
    later(text.trim());
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      w={168}
      role="searchbox"
      aria-label={t("work:filters.search")}
      placeholder={t("work:filters.search")}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      rightSection={
        typed && (
          <CloseButton size="xs" aria-label={t("work:filters.clear")} onClick={() => change("")} />
        )
      }
    />
  );
}
