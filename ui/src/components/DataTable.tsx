import { Button, Group, Loader } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useT } from "@/i18n";

export interface Column<Row> {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** The server's field, if the rows can be sorted by it. */
  sort?: string;
  width?: number | string;
  numeric?: boolean;
  /** Left out where there is no room, as on a phone. */
  secondary?: boolean;
}

export interface Sorting {
  field: string;
  order: "ASC" | "DESC";
}

interface Props<Row> {
  /** What the table shows, for readers that cannot see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** How many rows there are on the server, if that is known. */
  total?: number | undefined;
  error?: unknown;
  onRetry?: () => void;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
  sorting?: Sorting | undefined;
  onSort?: (sorting: Sorting) => void;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
  /** The row that keys and the detail pane speak of. */
  current?: string | undefined;
  onOpen?: (row: Row) => void;
  /** Rows that are chosen, to do something with many; *upTo*: all from the last chosen one on. */
  choice?: {
    keys: ReadonlySet<string>;
    label: (row: Row) => string;
    onChoose: (row: Row, upTo: boolean) => void;
  };
  height?: number | string;
}

const ROW_PX = 34;
const OVERSCAN = 12;
const CHOICE_PX = 34;

/** A dense table: only the rows in sight are in the page, however many were loaded. */
export function DataTable<Row>(props: Props<Row>) {
  if (props.error && !props.rows)
    return <ErrorState error={props.error} {...(props.onRetry && { onRetry: props.onRetry })} />;
  if (!props.rows) return <Loading rows={10} />;
  if (props.rows.length === 0) return <>{props.empty}</>;
  return <Rows {...props} rows={props.rows} />;
}

function Rows<Row>(props: Props<Row> & { rows: readonly Row[] }) {
  const { rows, columns, rowKey, current, onOpen, choice } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey: (index) => rowKey(rows[index] as Row),
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  useMoreNearTheEnd(props, last);
  useCurrentInSight(
    rows.findIndex((row) => rowKey(row) === current),
    virtual.scrollToIndex,
  );
  return (
    <div
      ref={frame}
      role="region"
      className="app-table-frame"
      style={{ maxHeight: props.height }}
      tabIndex={0}
      aria-label={props.label}
    >
      <table className="app-table" aria-rowcount={props.total ?? -1}>
        <Head {...props} />
        <tbody>
          {above > 0 && <Gap height={above} />}
          {shown.map(({ index, key }) => {
            const row = rows[index] as Row;
            return (
              <tr
                key={key as string}
                ref={virtual.measureElement}
                data-index={index}
                data-key={rowKey(row)}
                aria-rowindex={index + 2}
                data-openable={onOpen ? "" : undefined}
                data-current={rowKey(row) === current ? "" : undefined}
                aria-current={rowKey(row) === current ? "true" : undefined}
                data-chosen={choice?.keys.has(rowKey(row)) ? "" : undefined}
                onClick={(event) => {
                  if (choice && event.shiftKey) choice.onChoose(row, true);
                  else onOpen?.(row);
                }}
              >
                {choice && (
                  <td>
                    <input
                      type="checkbox"
                      aria-label={choice.label(row)}
                      checked={choice.keys.has(rowKey(row))}
                      onClick={(event) => {
                        event.stopPropagation();
                        choice.onChoose(row, event.shiftKey);
                      }}
                      onChange={() => undefined}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={classOf(column)}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <Gap height={below} />}
        </tbody>
      </table>
      <Foot {...props} />
    </div>
  );
}

function Head<Row>({ columns, sorting, onSort, choice }: Props<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {choice && <td style={{ width: CHOICE_PX }} />}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            style={{ width: column.width }}
            className={classOf(column)}
            aria-sort={ariaSort(column, sorting)}
          >
            {column.sort && onSort ? (
              <SortButton column={column} sorting={sorting} onSort={onSort} field={column.sort} />
            ) : (
              column.header
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function classOf<Row>({ numeric, secondary }: Column<Row>) {
  const names = [numeric && "app-numeric", secondary && "app-secondary"].filter(Boolean);
  return names.join(" ") || undefined;
}

interface SortButtonProps<Row> {
  column: Column<Row>;
  field: string;
  sorting: Sorting | undefined;
  onSort: (sorting: Sorting) => void;
}

function SortButton<Row>({ column, field, sorting, onSort }: SortButtonProps<Row>) {
  const isSorted = sorting?.field === field;
  const Icon = !isSorted ? IconArrowsSort : sorting.order === "ASC" ? IconArrowUp : IconArrowDown;
  const order = isSorted && sorting.order === "ASC" ? "DESC" : "ASC";
  return (
    <button type="button" className="app-sort" onClick={() => onSort({ field, order })}>
      {column.header}
      <Icon size={13} aria-hidden opacity={isSorted ? 1 : 0.45} />
    </button>
  );
}

function ariaSort<Row>(column: Column<Row>, sorting: Sorting | undefined) {
  if (!column.sort) return undefined;
  if (column.sort !== sorting?.field) return "none" as const;
  return sorting.order === "ASC" ? ("ascending" as const) : ("descending" as const);
}

function Foot<Row>({ hasMore, isLoadingMore, onMore, error, onRetry }: Props<Row>) {
  const t = useT();
  if (error) return <ErrorState error={error} {...(onRetry && { onRetry })} />;
  if (!hasMore) return null;
  return (
    <Group justify="center" p="xs">
      {isLoadingMore ? (
        <Loader size="xs" role="status" aria-label={t("common:loading")} />
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={onMore}>
          {t("common:more")}
        </Button>
      )}
    </Group>
  );
}

function Gap({ height }: { height: number }) {
  return <tr aria-hidden style={{ height }} />;
}

function useMoreNearTheEnd<Row>(props: Props<Row> & { rows: readonly Row[] }, last: number): void {
  const { hasMore, isLoadingMore, onMore, error, rows } = props;
  useEffect(() => {
    if (hasMore && !isLoadingMore && !error && last >= rows.length - OVERSCAN) onMore?.();
  }, [hasMore, isLoadingMore, onMore, error, rows.length, last]);
}

function useCurrentInSight(index: number, scrollToIndex: (index: number) => void): void {
  useEffect(() => {
    if (index >= 0) scrollToIndex(index);
  }, [index, scrollToIndex]);
}
