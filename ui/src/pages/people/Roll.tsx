import { Button } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";
import { DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { FilterText } from "@/components/FilterText";
import { PageHeader } from "@/components/PageHeader";

type Table<Row> = Omit<ComponentProps<typeof DataTable<Row>>, "label" | "empty" | "height">;

interface Props<Row> {
  title: string;
  text: string;
  add: { label: string; run: () => void };
  find: { label: string; text: string | undefined; onSettled: (text: string | undefined) => void };
  /** Said in place of a list without rows. */
  none: string;
  table: Table<Row>;
  /** What needs to be seen before the list. */
  notes?: ReactNode;
  /** The panel of whoever is open, and dialogs. */
  children: ReactNode;
}

/** A list that is searched and added to, with the open row in a panel beside it. */
export function Roll<Row>({ title, text, add, find, none, table, notes, children }: Props<Row>) {
  return (
    <div className="app-page">
      <PageHeader
        title={title}
        actions={
          <Button
            size="compact-md"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={add.run}
          >
            {add.label}
          </Button>
        }
      >
        {text}
      </PageHeader>
      <FilterText
        w={220}
        mb="xs"
        role="searchbox"
        aria-label={find.label}
        placeholder={find.label}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={find.text}
        onSettled={find.onSettled}
      />
      {notes}
      <DataTable
        {...table}
        label={title}
        height="calc(100dvh - 170px)"
        empty={<EmptyState title={none} />}
      />
      {children}
    </div>
  );
}
