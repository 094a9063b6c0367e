import { Anchor, Button, FileButton, Group, Table, Text } from "@mantine/core";
import { IconPaperclip, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { usePermissions } from "@/api/session";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { useActorName } from "@/components/facts/fact";
import { useToast } from "@/components/toast";
import { When } from "@/components/When";
import { locale, useLanguage, useT } from "@/i18n";
import type { Case } from "./data";

/** Photographs and papers of the case. */
export function DocumentsTab({ one }: { one: Case }) {
  const t = useT("cases");
  return (
    <>
      <Upload one={one} />
      {one.documents.length === 0 ? (
        <EmptyState icon={IconPaperclip} title={t("cases:documents.none")}>
          {t("cases:documents.noneText")}
        </EmptyState>
      ) : (
        <DocumentTable one={one} />
      )}
    </>
  );
}

export function DocumentTable({ one }: { one: Case }) {
  const t = useT("cases");
  const language = useLanguage();
  const actor = useActorName();
  const size = useSize();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table withTableBorder lang={locale(language)}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("cases:documents.name")}</Table.Th>
            <Table.Th>{t("cases:documents.size")}</Table.Th>
            <Table.Th>{t("cases:documents.added")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {one.documents.map((file) => (
            <Table.Tr key={file.documentId}>
              <Table.Td>
                <Anchor
                  size="sm"
                  href={`/v2/documents/${encodeURIComponent(file.documentId)}`}
                  download={file.fileName}
                >
                  {file.fileName}
                </Anchor>
              </Table.Td>
              <Table.Td>{size(file.size)}</Table.Td>
              <Table.Td>
                <When at={file.createdAt} /> · {actor(file.createdBy)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Upload({ one }: { one: Case }) {
  const t = useT("cases");
  const may = usePermissions();
  const queries = useQueryClient();
  const toast = useToast();
  const root = one.processes[0]?.processInstanceKey;
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      form.append("metadata", JSON.stringify({ processInstanceKey: root }));
      return answer(api.POST("/v2/documents", { body: form as never, bodySerializer: () => form }));
    },
    onSuccess: async (_, file) => {
      toast(t("cases:documents.stored", { name: file.name }));
      await queries.invalidateQueries({ queryKey: ["case", one.number] });
    },
  });
  if (!may.isStaff)
    return (
      <Text size="xs" c="dimmed" mb="xs">
        {t("cases:documents.onlyStaff")}
      </Text>
    );
  return (
    <>
      <Group mb="sm">
        <FileButton onChange={(file) => file && upload.mutate(file)}>
          {(button) => (
            <Button
              {...button}
              size="xs"
              variant="default"
              loading={upload.isPending}
              leftSection={<IconUpload size={14} aria-hidden />}
            >
              {t("cases:documents.upload")}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t("cases:documents.kinds")}
        </Text>
      </Group>
      {upload.error && <ErrorState error={upload.error} />}
    </>
  );
}

function useSize(): (bytes: number) => string {
  const language = useLanguage();
  return (bytes) => {
    const [unit, share] = bytes < 1_000_000 ? ["kilobyte", 1_000] : ["megabyte", 1_000_000];
    return new Intl.NumberFormat(locale(language), {
      style: "unit",
      unit: unit as string,
      maximumFractionDigits: 1,
    }).format(bytes / (share as number));
  };
}
