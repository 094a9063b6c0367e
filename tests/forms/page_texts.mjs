// Asks the editor of forms which texts it shows as untranslated. In: a list of forms. Out: for each
// a list of [component or null, text or "options.<value>", language].
import { registerHooks } from "node:module";
import { readFileSync } from "node:fs";

const SOURCES = new URL("../../ui/src/", import.meta.url);
registerHooks({
  resolve: (name, context, next) =>
    next(name.startsWith("@/") ? new URL(`${name.slice(2)}.ts`, SOURCES).href : name, context),
});
const { textsOf } = await import(new URL("pages/forms/reading.ts", SOURCES).href);
const { nameOf } = await import(new URL("islands/formeditor/document.ts", SOURCES).href);

const answers = JSON.parse(readFileSync(0, "utf8")).map((form) =>
  textsOf(form).flatMap(({ component, text, option, missing }) =>
    missing.map((language) => [
      component && (nameOf(component) || null),
      component ? (text === "option" ? `options.${option}` : text) : "title",
      language,
    ]),
  ),
);
console.log(JSON.stringify(answers));
