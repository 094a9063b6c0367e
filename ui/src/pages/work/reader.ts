import { useSession } from "@/api/session";

/** Whose work list it is. */
export interface Reader {
  username: string;
  groups: readonly string[];
}

export function useReader(): Reader {
  const { user } = useSession();
  return { username: user?.username ?? "", groups: user?.groups ?? [] };
}
