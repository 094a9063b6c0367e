import { type Language, locale } from "@/i18n";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

/** A moment in the reader's own zone, such as "22 Nov 2026, 14:05". */
export function absolute(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(moment);
}

/** A moment as seen from another, such as "3 hours ago". */
export function relative(moment: Date, now: Date, language: Language): string {
  const span = moment.getTime() - now.getTime();
  const [unit, size] = UNITS.find(([, size]) => Math.abs(span) >= size) ?? ["minute", MINUTE];
  return new Intl.RelativeTimeFormat(locale(language), { numeric: "auto", style: "short" }).format(
    Math.trunc(span / size),
    unit,
  );
}

/** A length of time in its largest unit, such as "3 h" (「3小时」). */
export function length(milliseconds: number, language: Language): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= size) ?? ["minute", MINUTE];
  return new Intl.NumberFormat(locale(language), {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(Math.max(1, Math.floor(milliseconds / size)));
}

/** How urgent a deadline is: amber within the hour, or when three quarters of its time are used. */
export type Urgency = "overdue" | "soon" | "later";

export function urgency(due: Date, now: Date, since?: Date): Urgency {
  const left = due.getTime() - now.getTime();
  if (left < 0) return "overdue";
  if (left < HOUR) return "soon";
  return since && left < (due.getTime() - since.getTime()) / 4 ? "soon" : "later";
}
