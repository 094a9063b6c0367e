import { ActionIcon, Badge, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { usePeopleNames } from "@/api/directory";
import type { components } from "@/api/schema";
import type { Column } from "@/components/DataTable";
import { When } from "@/components/When";
import { type DraftNote, readDraft } from "@/components/workspace/drafts";
import { download } from "@/components/workspace/files";
import { locale, useLanguage, useT } from "@/i18n";

/** The newest version of a process, decision or form. */
export type Model = components["schemas"]["LibraryItem"];

/** What every list of the library says of a model; *readFile* gets the file of its live version. */
export function useModelColumns(
  readFile: (model: Model) => Promise<string>,
): Record<"version" | "draft" | "deployed" | "why" | "file", Column<Model>> {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const numbers = new Intl.NumberFormat(locale(language));
  return {
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
          onDownload={async () => download(model.resourceName, await readFile(model))}
        />
      ),
    },
  };
}

/** Drafts of files that were never deployed; *link* leads to the editor. */
export function useDraftColumns(link: (name: string) => ReactNode): readonly Column<DraftNote>[] {
  const t = useT("workspace");
  const nameOf = usePeopleNames();
  return [
    {
      key: "name",
      header: t("workspace:list.file"),
      render: ({ name }) => link(name),
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
