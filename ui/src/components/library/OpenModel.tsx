import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { draftQuery, type OpenFile } from "@/components/workspace/drafts";
import type { FileKind } from "@/components/workspace/kinds";
import type { VersionChoice } from "@/components/workspace/Versions";
import { useLanguage } from "@/i18n";
import { ADDRESSES } from "./addresses";
import { openQuery } from "./models";

/** What an editor is given of a model. */
export interface OpenedModel {
  title: string;
  file: OpenFile;
  /** What the editor begins with. */
  begun: string;
  /** Of a deployed model. */
  versions?: VersionChoice;
  /** Opens what the server has now, after it was deployed or thrown away. */
  onReopen: () => void;
}

interface OpenModelProps {
  kind: FileKind;
  id: string;
  /** The earlier version that is looked at. */
  version: number | undefined;
  children: (model: OpenedModel) => ReactNode;
}

/** Opens a deployed model: its draft if there is one, else what is live, or an earlier version. */
export function OpenModel({ kind, id, version, children }: OpenModelProps) {
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(openQuery({ kind, id }, version));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  const { file, begun, versions } = found.data;
  const show = (chosen: number | undefined) =>
    navigate({
      to: ADDRESSES[kind].edit,
      params: { id },
      search: chosen === undefined ? {} : { version: chosen },
    });
  const reopen = async () => {
    await show(undefined);
    await queries.resetQueries({ queryKey: ["editor", kind, id] });
  };
  return (
    <Fragment key={`${id}-${version ?? ""}-${found.dataUpdatedAt}`}>
      {children({
        title: versions[0]?.names[language] ?? id,
        file,
        begun,
        versions: { versions, shown: version, onShow: (chosen) => void show(chosen) },
        onReopen: () => void reopen(),
      })}
    </Fragment>
  );
}

interface OpenDraftProps {
  /** Of the file. */
  name: string;
  children: (model: OpenedModel) => ReactNode;
}

/** Opens a draft of a file that was never deployed. */
export function OpenDraft({ name, children }: OpenDraftProps) {
  const queries = useQueryClient();
  const query = draftQuery(name);
  const found = useQuery(query);
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return (
    <Fragment key={found.dataUpdatedAt}>
      {children({
        title: name.replace(/\.(bpmn|dmn|form)$/, ""),
        file: found.data,
        begun: found.data.content,
        onReopen: () => void queries.resetQueries({ queryKey: query.queryKey }),
      })}
    </Fragment>
  );
}
