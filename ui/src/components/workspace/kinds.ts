/** The kinds of files that people edit here, and how they are told apart by what they hold. */
export type FileKind = "bpmn" | "dmn" | "form";
export type FoundKind = FileKind | "archive" | "unknown";

const NAMESPACES: readonly [RegExp, FileKind][] = [
  [/^http:\/\/www\.omg\.org\/spec\/BPMN\//, "bpmn"],
  [/^https?:\/\/www\.omg\.org\/spec\/DMN\//, "dmn"],
];

/** Returns what a file holds, whatever its name says. */
export function kindOf(content: string): FoundKind {
  if (content.startsWith("PK\u0003\u0004")) return "archive";
  return content.trimStart().startsWith("{") ? ofJson(content) : ofXml(content);
}

function ofJson(content: string): FoundKind {
  try {
    const form = JSON.parse(content) as { components?: unknown };
    return Array.isArray(form.components) ? "form" : "unknown";
  } catch {
    return "unknown";
  }
}

function ofXml(content: string): FoundKind {
  const root = new DOMParser().parseFromString(content, "application/xml").documentElement;
  if (root.localName !== "definitions") return "unknown";
  const found = NAMESPACES.find(([pattern]) => pattern.test(root.namespaceURI ?? ""));
  return found?.[1] ?? "unknown";
}
