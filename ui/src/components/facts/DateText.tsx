import { When } from "@/components/When";
import { locale, useLanguage } from "@/i18n";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const LENGTH = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;
const UNITS = ["day", "hour", "minute"] as const;

/** A text; if it is a moment, a day or a length of time (ISO 8601), then as the reader writes it. */
export function DateText({ text }: { text: string }) {
  const language = useLanguage();
  if (MOMENT.test(text) && !Number.isNaN(Date.parse(text))) return <When at={text} />;
  if (DAY.test(text) && !Number.isNaN(Date.parse(text))) {
    const day = new Intl.DateTimeFormat(locale(language), { dateStyle: "medium", timeZone: "UTC" });
    return <time dateTime={text}>{day.format(new Date(text))}</time>;
  }
  const length = LENGTH.exec(text);
  if (!length) return text;
  const said = UNITS.flatMap((unit, index) => {
    const count = length[index + 1];
    const format = { style: "unit", unit, unitDisplay: "long" } as const;
    return count ? [new Intl.NumberFormat(locale(language), format).format(Number(count))] : [];
  });
  return <time dateTime={text}>{said.join(" ")}</time>;
}
