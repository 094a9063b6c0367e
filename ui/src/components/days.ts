/** Days of the reader's calendar as moments, for filters. */

/** The day some days before a moment, as people here write it in addresses. */
export function dayOf(moment: Date, daysAgo: number): string {
  const day = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - daysAgo);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The moment at which a day (`2026-11-22`) begins here. */
export function dayBegins(day: string | undefined): string | undefined {
  return day === undefined ? undefined : moment(day, 0);
}

/** The moment at which the day after it begins here. */
export function dayEnds(day: string | undefined): string | undefined {
  return day === undefined ? undefined : moment(day, 1);
}

function moment(day: string, later: number): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return undefined;
  const begins = new Date(year, month - 1, date + later);
  return Number.isNaN(begins.getTime()) ? undefined : begins.toISOString();
}
