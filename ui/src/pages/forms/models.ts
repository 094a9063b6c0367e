/** The forms that are deployed, and their files as an editor opens them. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { openModel } from "@/components/workspace/opened";

const PAGE = 100;
const MOST_VERSIONS = 200;

export const formsQuery = infiniteQueryOptions({
  queryKey: ["library", "forms"],
  queryFn: ({ pageParam }) => {
    const query = { limit: PAGE, ...(pageParam && { after: pageParam }) };
    return answer(api.GET("/api/forms", { params: { query } }));
  },
  initialPageParam: "",
  getNextPageParam: ({ items, page }) => (items.length === PAGE ? page.endCursor : undefined),
});

/** Opens the draft of a form if there is one, else what is live; or a *version*. */
export function openFormQuery(form: string, version: number | undefined) {
  return queryOptions({
    queryKey: ["editor", "form", form, version ?? null],
    queryFn: () => openForm(form, version),
    staleTime: Infinity,
    gcTime: 0,
  });
}

async function openForm(form: string, version: number | undefined) {
  const path = { formId: form };
  const query = { limit: MOST_VERSIONS };
  const found = await answer(api.GET("/api/forms/{formId}/versions", { params: { path, query } }));
  return openModel(found.items, version, readForm);
}

/** Returns the file of a version, byte for byte as it was deployed. */
export function readForm(key: string): Promise<string> {
  return answer(
    api.GET("/v2/resources/{key}/content/binary", {
      params: { path: { key } },
      parseAs: "text",
    }),
  ) as Promise<string>;
}
