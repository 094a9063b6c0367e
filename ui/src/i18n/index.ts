/**
 * Texts: one JSON file per area and language, loaded when an area is first shown. Keys are always
 * written with their area (`t("work:title")`), so that `npm run texts` can check each of them.
 */
import i18next, { type TFunction } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Area } from "@/i18n/areas";
import { missingTexts } from "@/i18n/missing";

export type Language = "en" | "zh";
export type Translate<A extends Area> = TFunction<[A, "common"]>;

const REMEMBERED = "redress.language";
const files = import.meta.glob<{ default: Record<string, unknown> }>("./{en,zh}/*.json");

export async function startTexts(): Promise<void> {
  i18next.on("languageChanged", showLanguage);
  await i18next
    .use({
      type: "backend",
      read(language: string, area: string, done: (error: unknown, texts: unknown) => void) {
        const load = files[`./${language}/${area}.json`];
        if (!load) return done(new Error(`no texts ${language}/${area}`), null);
        load().then(
          (file) => done(null, file.default),
          (error) => done(error, null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: remembered() ?? preferred(),
      fallbackLng: false,
      load: "currentOnly",
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      saveMissing: true,
      missingKeyHandler: (languages, area, key) => {
        missingTexts.push(`${languages.join()} ${area}:${key}`);
      },
    });
  showLanguage();
}

/** The texts of one area and the common ones; suspends until they are there. */
export function useT<A extends Area = "common">(area?: A): Translate<A> {
  const { t } = useTranslation([area ?? "common", "common"] as [A, "common"]);
  return t as Translate<A>;
}

export function language(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** The language; the component renders again when it changes. */
export function useLanguage(): Language {
  return useTranslation("common").i18n.language === "zh" ? "zh" : "en";
}

export function locale(of: Language = language()): string {
  return of === "zh" ? "zh-CN" : "en-GB";
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, chosen);
  await i18next.changeLanguage(chosen);
}

function remembered(): Language | undefined {
  const found = localStorage.getItem(REMEMBERED);
  return found === "en" || found === "zh" ? found : undefined;
}

function preferred(): Language {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function showLanguage(): void {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
}
