import { ActionIcon, Badge, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { usePeopleNames } from "@/api/directory";
import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { When } from "@/components/When";
import { type DraftNote, readDraft } from "@/components/workspace/drafts";
import { download } from "@/components/workspace/files";
import type { FileKind } from "@/components/workspace/kinds";
import { locale, useLanguage, useT } from "@/i18n";
import { ADDRESSES } from "./addresses";
import { type Model, readModel } from "./models";

const NO_WRAP = { whiteSpace: "nowrap" } as const;

type Shared = "name" | "version" | "draft" | "deployed" | "why" | "file";

/** What every list of the library says of a model; *nameHeader* says what its name is. */
export function useModelColumns(kind: FileKind, nameHeader: string): Record<Shared, Column<Model>> {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const numbers = new Intl.NumberFormat(locale(language));
  return {
    name: {
      key: "name",
      header: nameHeader,
      render: ({ id, names }) => (
        <AppLink to={ADDRESSES[kind].edit} params={{ id }} search={{}} fw={500} style={NO_WRAP}>
          {names[language]}
        </AppLink>
      ),
    },
    version: {
      key: "version",
      header: t("workspace:list.version"),
      numeric: true,
      render: ({ version }) => numbers.format(version),
    },
    draft: {
      key: "draft",
      header: t("workspace:list.draft"),
      render: ({ draft }) =>
        draft && (
          <Badge color="orange" title={nameOf(draft.savedBy)}>
            {t("workspace:list.draftOf", { who: nameOf(draft.savedBy) })}
          </Badge>
        ),
    },
    deployed: {
      key: "deployed",
      header: t("workspace:list.deployed"),
      render: ({ deployedAt, deployedBy }) => (
        <>
          <When at={deployedAt} as="relative" />
          {deployedBy && ` · ${nameOf(deployedBy)}`}
        </>
      ),
    },
    why: {
      key: "why",
      header: t("workspace:list.why"),
      render: ({ comment }) => (
        <Text size="sm" lineClamp={1} title={comment ?? undefined} maw={320}>
          {comment}
        </Text>
      ),
    },
    file: {
      key: "file",
      header: t("workspace:list.file"),
      width: 80,
      render: (model) => (
        <Download
          label={t("workspace:list.download", { name: model.names[language] })}
          onDownload={async () => download(model.resourceName, await readModel(kind, model.key))}
        />
      ),
    },
  };
}

/** Drafts of files that were never deployed. */
export function useDraftColumns(kind: FileKind): readonly Column<DraftNote>[] {
  const t = useT("workspace");
  const nameOf = usePeopleNames();
  return [
    {
      key: "name",
      header: t("workspace:list.file"),
      render: ({ name }) => (
        <AppLink to={ADDRESSES[kind].draft} params={{ name }} fw={500}>
          {name}
        </AppLink>
      ),
    },
    {
      key: "saved",
      header: t("workspace:list.saved"),
      render: ({ savedAt, savedBy }) => (
        <>
          <When at={savedAt} as="relative" /> · {nameOf(savedBy)}
        </>
      ),
    },
    {
      key: "file",
      header: t("workspace:list.file"),
      width: 80,
      render: ({ name }) => (
        <Download
          label={t("workspace:list.download", { name })}
          onDownload={async () => download(name, (await readDraft(name))?.content ?? "")}
        />
      ),
    },
  ];
}

function Download({ label, onDownload }: { label: string; onDownload: () => Promise<void> }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      onClick={() => void onDownload()}
    >
      <IconDownload size={16} aria-hidden />
    </ActionIcon>
  );
}
