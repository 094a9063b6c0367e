import type { Language } from "@/i18n";

const BOTH = /^(.+?) \/ (.*[\u4e00-\u9fff].*)$/s;

/** Labels in files may carry both languages, as "Send e-mail / 发送邮件"; returns that of *language*. */
export function saidIn(language: Language, label: string): string {
  const both = BOTH.exec(label);
  return (both && (language === "zh" ? both[2] : both[1])) || label;
}
