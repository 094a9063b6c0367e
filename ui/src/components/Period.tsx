import { NativeSelect } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { dayOf } from "@/components/days";
import { useNow } from "@/hooks/clock";
import { useT } from "@/i18n";

const DayInput = lazy(async () => ({
  default: (await import("@/components/DayInput")).DayInput,
}));

/** First and last day, in the reader's zone: `2026-11-22`. */
export interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

const PERIODS = ["any", "today", "yesterday", "week", "month", "days"] as const;
type Choice = (typeof PERIODS)[number];

/** How many days ago the first and the last day were. */
const AGO: Record<"today" | "yesterday" | "week" | "month", [number, number]> = {
  today: [0, 0],
  yesterday: [1, 1],
  week: [6, 0],
  month: [29, 0],
};

interface Props extends Days {
  label: string;
  onChange: (days: Days) => void;
}

/** A span of days to filter by: a usual one, or days of one's choice. */
export function Period({ label, from, to, onChange }: Props) {
  const t = useT();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const usual = (Object.keys(AGO) as (keyof typeof AGO)[]).find(
    (one) => dayOf(now, AGO[one][0]) === from && dayOf(now, AGO[one][1]) === to,
  );
  const choice = isOpen || ((from || to) && !usual) ? "days" : (usual ?? "any");
  const choose = (next: Choice) => {
    setOpen(next === "days");
    if (next === "days") return;
    if (next === "any") onChange({});
    else onChange({ from: dayOf(now, AGO[next][0]), to: dayOf(now, AGO[next][1]) });
  };
  return (
    <>
      <NativeSelect
        size="xs"
        label={label}
        value={choice}
        onChange={(event) => choose(event.currentTarget.value as Choice)}
        data={PERIODS.map((value) => ({ value, label: t(`common:period.${value}`) }))}
      />
      {choice === "days" && (
        <Suspense>
          <DayInput
            size="xs"
            label={t("common:period.from")}
            value={from ?? ""}
            max={to}
            onChange={(day) => onChange({ from: day || undefined, to })}
          />
          <DayInput
            size="xs"
            label={t("common:period.to")}
            value={to ?? ""}
            min={from}
            onChange={(day) => onChange({ from, to: day || undefined })}
          />
        </Suspense>
      )}
    </>
  );
}
