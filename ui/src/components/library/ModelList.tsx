import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import type { FileKind } from "@/components/workspace/kinds";
import { type Model, modelsQuery } from "./models";
import { NewDrafts } from "./NewDrafts";
import { UploadDraft } from "./UploadDraft";

interface Props {
  kind: FileKind;
  title: string;
  subtitle: string;
  /** What else can be done, before the buttons that all lists have. */
  actions?: ReactNode;
  columns: readonly Column<Model>[];
  empty: { title: string; text: string };
  /** The button for a new one, and the dialog behind it. */
  make: { label: string; dialog: (close: () => void) => ReactNode };
}

/** All models of a kind: what is live, what was never deployed, and the ways to a new one. */
export function ModelList({ kind, title, subtitle, actions, columns, empty, make }: Props) {
  const [isMaking, setMaking] = useState(false);
  const { table } = useList(modelsQuery(kind));
  return (
    <div className="app-page">
      <PageHeader
        title={title}
        actions={
          <>
            {actions}
            <UploadDraft kind={kind} />
            <Button
              size="compact-md"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setMaking(true)}
            >
              {make.label}
            </Button>
          </>
        }
      >
        {subtitle}
      </PageHeader>
      <DataTable
        {...table}
        label={title}
        columns={columns}
        rowKey={(row) => row.id}
        empty={<EmptyState title={empty.title}>{empty.text}</EmptyState>}
      />
      <NewDrafts kind={kind} deployed={table.rows?.map((row) => row.resourceName)} />
      {isMaking && make.dialog(() => setMaking(false))}
    </div>
  );
}
