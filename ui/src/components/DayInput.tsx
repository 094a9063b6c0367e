import "@mantine/dates/styles.css";
import "dayjs/locale/zh-cn";
import type { MantineSize } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { dayOf } from "@/components/days";
import { locale, useLanguage, useT } from "@/i18n";

interface Props {
  label: string;
  /** `2026-11-22`; empty for no day. */
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  size?: MantineSize;
  required?: boolean;
  onChange: (day: string) => void;
}

const NUMBERS = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/;

/** A day, typed or picked, in the language of the pages whatever that of the browser is. */
export function DayInput({ value, min, max, onChange, ...input }: Props) {
  const t = useT();
  const language = useLanguage();
  const medium = new Intl.DateTimeFormat(locale(language), { dateStyle: "medium" });
  const full = new Intl.DateTimeFormat(locale(language), { dateStyle: "full" });
  return (
    <DateInput
      {...input}
      w={150}
      withAsterisk={false}
      locale={language === "zh" ? "zh-cn" : "en"}
      value={value || null}
      valueFormat={(day) => medium.format(midnight(day))}
      dateParser={read}
      {...(min && { minDate: min })}
      {...(max && { maxDate: max })}
      clearable={!input.required}
      clearButtonProps={{ "aria-label": t("common:calendar.clear") }}
      monthLabelFormat={language === "zh" ? "YYYY年M月" : "MMMM YYYY"}
      yearLabelFormat={language === "zh" ? "YYYY年" : "YYYY"}
      getDayAriaLabel={(day) => full.format(midnight(day))}
      ariaLabels={{
        previousMonth: t("common:calendar.previousMonth"),
        nextMonth: t("common:calendar.nextMonth"),
        previousYear: t("common:calendar.previousYear"),
        nextYear: t("common:calendar.nextYear"),
        previousDecade: t("common:calendar.previousYears"),
        nextDecade: t("common:calendar.nextYears"),
        monthLevelControl: t("common:calendar.months"),
        yearLevelControl: t("common:calendar.years"),
      }}
      popoverProps={{ withinPortal: true }}
      onChange={(day) => onChange(day?.slice(0, 10) ?? "")}
    />
  );
}

function midnight(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

/** Reads `2026-11-22`, `2026年11月22日` and what the browser's engine knows in English. */
function read(typed: string): string | null {
  const [, year, month, date] = NUMBERS.exec(typed.trim()) ?? [];
  const day = date ? midnight(`${year}-${month}-${date}`) : new Date(typed);
  return Number.isNaN(day.getTime()) ? null : dayOf(day, 0);
}
