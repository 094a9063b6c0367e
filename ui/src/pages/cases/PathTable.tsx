import { Anchor, Badge, Table, Title } from "@mantine/core";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import type { ElementPath, ProcessPath } from "./data";

interface Props {
  path: ProcessPath;
  chosen: string | undefined;
  onChosen: (elementId: string) => void;
}

/** What the diagram shows, in words: every step that was reached, in the order of its first visit. */
export function PathTable({ path, chosen, onChosen }: Props) {
  const t = useT("cases");
  const language = useLanguage();
  const steps = path.elements
    .filter((one) => one.names.en !== one.elementId || one.active > 0 || one.incidents > 0)
    .toSorted((one, other) => one.firstStartedAt.localeCompare(other.firstStartedAt));
  return (
    <section aria-labelledby="path-title">
      <Title order={2} size="h3" id="path-title" mt="sm" mb={4}>
        {t("cases:diagram.words")}
      </Title>
      <Table.ScrollContainer minWidth={460}>
        <Table withTableBorder highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {(["step", "stands", "times", "first", "last"] as const).map((column) => (
                <Table.Th key={column} scope="col">
                  {t(`cases:diagram.columns.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {steps.map((one) => (
              <Table.Tr
                key={one.elementId}
                bg={one.elementId === chosen ? "var(--app-current)" : ""}
              >
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    aria-pressed={one.elementId === chosen}
                    onClick={() => onChosen(one.elementId)}
                  >
                    {one.names[language]}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Stand one={one} />
                </Table.Td>
                <Table.Td>{one.active + one.completed + one.terminated}</Table.Td>
                <Table.Td>
                  <When at={one.firstStartedAt} />
                </Table.Td>
                <Table.Td>
                  <When at={one.lastEndedAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

export function Stand({ one }: { one: ElementPath }) {
  const t = useT("cases");
  if (one.incidents > 0) return <Badge color="red">{t("cases:diagram.marks.incident")}</Badge>;
  if (one.active > 0) return <Badge color="blue">{t("cases:diagram.marks.active")}</Badge>;
  if (one.completed > 0) return <Badge color="green">{t("cases:diagram.marks.done")}</Badge>;
  return <Badge color="gray">{t("cases:diagram.brokenOff")}</Badge>;
}
