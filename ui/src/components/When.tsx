import { absolute, relative } from "@/components/time";
import { useNow } from "@/hooks/clock";
import { useLanguage } from "@/i18n";

interface Props {
  at: string | null | undefined;
  /** Which of the two is read; the other is in the tooltip. */
  as?: "relative" | "absolute";
}

/** A moment in the reader's zone and language, counted by the server's clock. */
export function When({ at, as = "absolute" }: Props) {
  const language = useLanguage();
  const now = useNow();
  if (!at) return null;
  const moment = new Date(at);
  const texts = [absolute(moment, language), relative(moment, now, language)];
  if (as === "relative") texts.reverse();
  return (
    <time dateTime={at} title={texts[1]}>
      {texts[0]}
    </time>
  );
}
