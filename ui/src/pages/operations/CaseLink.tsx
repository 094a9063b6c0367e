import { AppLink } from "@/components/AppLink";

/** The number of a case, leading to it; nothing where there is no case. */
export function CaseLink({ number }: { number: string | null }) {
  if (number === null) return null;
  return (
    <AppLink
      to="/cases/$number"
      params={{ number }}
      size="sm"
      onClick={(event) => event.stopPropagation()}
    >
      {number}
    </AppLink>
  );
}
