import { Button, Group, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { usePeople } from "@/api/directory";
import { ENGINE, KINDS, useActorName, useKindNames } from "@/components/facts/fact";
import { FilterText } from "@/components/FilterText";
import { Period } from "@/components/Period";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { type AuditSearch, auditSearch } from "./search";

interface Props {
  search: AuditSearch;
  onChange: (search: AuditSearch) => void;
}

/** Who, what, in which case, when; the address keeps it all. */
export function AuditFilters({ search, onChange }: Props) {
  const t = useT("audit");
  const people = usePeople();
  const actor = useActorName();
  const kindName = useKindNames();
  const first = useRef<HTMLInputElement>(null);
  useKeys([{ key: "/", label: t("audit:filters.key"), run: () => first.current?.focus() }]);

  const change = (changes: Partial<Record<keyof AuditSearch, unknown>>) =>
    onChange(auditSearch({ ...search, ...changes }));
  const kinds = KINDS.map((value) => ({ value, label: kindName(value) })).sort((one, other) =>
    one.label.localeCompare(other.label),
  );
  return (
    <Group
      component="search"
      aria-label={t("audit:filters.label")}
      gap="xs"
      mb="sm"
      align="flex-end"
    >
      <FilterText
        ref={first}
        label={t("audit:columns.case")}
        w={150}
        value={search.case}
        onSettled={(value) => change({ case: value })}
      />
      <Select
        size="xs"
        label={t("audit:columns.who")}
        w={190}
        searchable
        clearable
        data={[
          { value: ENGINE, label: actor(ENGINE) },
          ...people.map(({ username, name }) => ({ value: username, label: name })),
        ]}
        value={search.person ?? null}
        onChange={(value) => change({ person: value })}
      />
      <Select
        size="xs"
        label={t("audit:columns.what")}
        w={200}
        searchable
        clearable
        data={kinds}
        value={search.kind ?? null}
        onChange={(value) => change({ kind: value })}
      />
      <Period
        label={t("audit:columns.at")}
        from={search.from}
        to={search.to}
        onChange={({ from, to }) => change({ from, to })}
      />
      {Object.keys(search).length > 0 && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange({})}
        >
          {t("audit:filters.clear")}
        </Button>
      )}
    </Group>
  );
}
