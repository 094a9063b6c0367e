/** Marks by style sheet: dmn-js writes the classes of its cells anew with each change. */
export function marked() {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return {
    show(faults: readonly string[], hits: readonly string[]): void {
      const rules = [
        ...hits.map((id) => `.dmn td[data-row-id="${CSS.escape(id)}"] { ${HIT} }`),
        ...faults.map((id) => `.dmn td[data-element-id="${CSS.escape(id)}"] { ${FAULT} }`),
      ];
      sheet.replaceSync(rules.join("\n"));
    },
    remove(): void {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

const HIT = "background: #e3f4e4 !important;";
const FAULT = "box-shadow: inset 0 0 0 2px #c92a2a !important;";
