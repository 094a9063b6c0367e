/** The pages of each kind of model: its list, one of them, a draft that is not deployed yet. */
import type { FileKind } from "@/components/workspace/kinds";

export const ADDRESSES = {
  bpmn: { list: "/processes", edit: "/processes/$id/edit", draft: "/processes/drafts/$name" },
  dmn: { list: "/decisions", edit: "/decisions/$id/edit", draft: "/decisions/drafts/$name" },
  form: { list: "/forms", edit: "/forms/$id/edit", draft: "/forms/drafts/$name" },
} as const satisfies Record<FileKind, Record<string, string>>;
