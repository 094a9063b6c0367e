import { Button, Group, Select } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { usePeople, useProcessNames } from "@/api/directory";
import { FilterText } from "@/components/FilterText";
import { Period } from "@/components/Period";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { type CasesSearch, casesSearch, STATES } from "./search";

interface Props {
  search: CasesSearch;
  onChange: (search: CasesSearch) => void;
}

/** By number, customer, person, process, state and time; the address keeps it all. */
export function CaseFilters({ search, onChange }: Props) {
  const t = useT("cases");
  const people = usePeople();
  const processes = useProcessNames();
  const first = useRef<HTMLInputElement>(null);
  useKeys([{ key: "/", label: t("cases:filters.key"), run: () => first.current?.focus() }]);

  const change = (changes: Partial<Record<keyof CasesSearch, unknown>>) =>
    onChange(casesSearch({ ...search, ...changes }));
  return (
    <Group
      component="search"
      aria-label={t("cases:filters.label")}
      gap="xs"
      mb="sm"
      align="flex-end"
    >
      <FilterText
        ref={first}
        label={t("cases:columns.number")}
        leftSection={<IconSearch size={14} aria-hidden />}
        w={150}
        value={search.number}
        onSettled={(value) => change({ number: value })}
      />
      <FilterText
        label={t("cases:filters.customer")}
        w={190}
        value={search.customer}
        onSettled={(value) => change({ customer: value })}
      />
      <Select
        size="xs"
        label={t("cases:filters.person")}
        w={180}
        searchable
        clearable
        data={people.map(({ username, name }) => ({ value: username, label: name }))}
        value={search.person ?? null}
        onChange={(value) => change({ person: value ?? undefined })}
      />
      <Select
        size="xs"
        label={t("cases:columns.process")}
        w={160}
        clearable
        data={[...processes].map(([value, label]) => ({ value, label }))}
        value={search.process ?? null}
        onChange={(value) => change({ process: value ?? undefined })}
      />
      <Select
        size="xs"
        label={t("cases:columns.state")}
        w={110}
        clearable
        data={STATES.map((value) => ({ value, label: t(`cases:states.${value}`) }))}
        value={search.state ?? null}
        onChange={(value) => change({ state: value })}
      />
      <Period
        label={t("cases:filters.begun")}
        from={search.from}
        to={search.to}
        onChange={({ from, to }) => change({ from, to })}
      />
      {Object.keys(search).some((key) => key !== "sort") && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange(search.sort ? { sort: search.sort } : {})}
        >
          {t("cases:filters.clear")}
        </Button>
      )}
    </Group>
  );
}
