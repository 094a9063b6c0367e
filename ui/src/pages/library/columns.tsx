import { ActionIcon, Badge, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { usePeopleNames } from "@/api/directory";
import type { components } from "@/api/schema";
import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { When } from "@/components/When";
import { readDraft } from "@/components/workspace/drafts";
import { download } from "@/components/workspace/files";
import { locale, useLanguage, useT } from "@/i18n";
import { type Process, readXml } from "./library";

const NO_WRAP = { whiteSpace: "nowrap" } as const;

type Draft = components["schemas"]["FileDraftResult"];

export function useColumns(): readonly Column<Process>[] {
  const t = useT("library");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const numbers = new Intl.NumberFormat(locale(language));
  return [
    {
      key: "name",
      header: t("library:columns.name"),
      render: ({ id, names }) => (
        <AppLink
          to="/processes/$process/edit"
          params={{ process: id }}
          search={{}}
          fw={500}
          style={NO_WRAP}
        >
          {names[language]}
        </AppLink>
      ),
    },
    {
      key: "version",
      header: t("library:columns.version"),
      numeric: true,
      render: ({ version }) => numbers.format(version),
    },
    {
      key: "running",
      header: t("library:columns.running"),
      numeric: true,
      render: ({ runningInstances }) => numbers.format(runningInstances ?? 0),
    },
    {
      key: "draft",
      header: t("library:columns.draft"),
      render: ({ draft }) =>
        draft && (
          <Badge color="orange" title={nameOf(draft.savedBy)}>
            {t("library:draftOf", { who: nameOf(draft.savedBy) })}
          </Badge>
        ),
    },
    {
      key: "deployed",
      header: t("library:columns.deployed"),
      render: ({ deployedAt, deployedBy }) => (
        <>
          <When at={deployedAt} as="relative" />
          {deployedBy && ` · ${nameOf(deployedBy)}`}
        </>
      ),
    },
    {
      key: "why",
      header: t("library:columns.why"),
      render: ({ comment }) => (
        <Text size="sm" lineClamp={1} title={comment ?? undefined} maw={320}>
          {comment}
        </Text>
      ),
    },
    {
      key: "actions",
      header: t("library:columns.actions"),
      width: 80,
      render: ({ key, names, resourceName }) => (
        <Download
          label={t("library:download", { name: names[language] })}
          onDownload={async () => download(resourceName, await readXml(key))}
        />
      ),
    },
  ];
}

export function useDraftColumns(): readonly Column<Draft>[] {
  const t = useT("library");
  const nameOf = usePeopleNames();
  return [
    {
      key: "name",
      header: t("library:columns.file"),
      render: ({ name }) => (
        <AppLink to="/processes/drafts/$name" params={{ name }} fw={500}>
          {name}
        </AppLink>
      ),
    },
    {
      key: "saved",
      header: t("library:columns.saved"),
      render: ({ savedAt, savedBy }) => (
        <>
          <When at={savedAt} as="relative" /> · {nameOf(savedBy)}
        </>
      ),
    },
    {
      key: "actions",
      header: t("library:columns.actions"),
      width: 80,
      render: ({ name }) => (
        <Download
          label={t("library:download", { name })}
          onDownload={async () => download(name, (await readDraft(name))?.content ?? "")}
        />
      ),
    },
  ];
}

function Download({ label, onDownload }: { label: string; onDownload: () => Promise<void> }) {
  return (
    <Group gap={4}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        title={label}
        onClick={() => void onDownload()}
      >
        <IconDownload size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
