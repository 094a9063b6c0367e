/** Checks the texts: both languages have the same keys, none that is asked for is missing, none unused. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Texts = { [key: string]: string | Texts };

const SOURCE = join(import.meta.dirname, "../src");
const TEXTS = join(SOURCE, "i18n");
const PLURAL = /_(zero|one|two|few|many|other)$/;
const ASKED = /["'`]([a-z][\w-]*:(?:[\w-]|\.|\$\{[^}]*\})+)["'`]/g;
const PART = "[^.:]+";

function keysOf(texts: Texts, prefix: string): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string"
      ? [`${prefix}${key}`.replace(PLURAL, "")]
      : keysOf(value, `${prefix}${key}.`),
  );
}

function textsOf(language: string): Set<string> {
  const folder = join(TEXTS, language);
  return new Set(
    readdirSync(folder).flatMap((file) =>
      keysOf(JSON.parse(readFileSync(join(folder, file), "utf8")), `${file.replace(".json", "")}:`),
    ),
  );
}

function askedFor(areas: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(SOURCE, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, key] of readFileSync(join(SOURCE, file), "utf8").matchAll(ASKED)) {
      if (key && areas.has(key.split(":")[0] ?? "")) found.set(key, file);
    }
  }
  return found;
}

function pattern(key: string): RegExp {
  const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.]/g, "\\."));
  return new RegExp(`^${parts.join(PART)}$`);
}

const english = textsOf("en");
const chinese = textsOf("zh");
const asked = askedFor(new Set([...english].map((key) => key.split(":")[0] ?? "")));
const patterns = [...asked.keys()].map(pattern);
const wrong = [
  ...[...english].filter((key) => !chinese.has(key)).map((key) => `no Chinese: ${key}`),
  ...[...chinese].filter((key) => !english.has(key)).map((key) => `no English: ${key}`),
  ...[...asked]
    .filter(([key]) => ![...english].some((known) => pattern(key).test(known)))
    .map(([key, file]) => `asked for by ${file}, but missing: ${key}`),
  ...[...english]
    .filter((key) => !patterns.some((one) => one.test(key)))
    .map((key) => `nobody asks for: ${key}`),
];
for (const line of wrong) process.stderr.write(`${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
