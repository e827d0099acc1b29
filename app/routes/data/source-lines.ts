/** Where an account's data comes from, a line for each source, so that they add up to all there is. Pure. */
import { type ShownState } from "~/features/connectors/connector-state";
import { type Source } from "~/features/connectors/zones/list-sources.server";
import { type RawCounts } from "~/features/pipeline/zones/count-raw.server";
import { nothingOpen, type OpenRecords } from "~/features/pipeline/zones/open-records.server";
import { type Counted, sumCounted } from "~/platform/counted";

export interface SourceLine {
  /** `connector`: then `id` is its. */
  kind: "connector" | "deleted" | "files" | "by-hand";
  id: string | null;
  name: string;
  /** Of a connector how it stands. */
  state: ShownState | null;
  raw: Counted;
  canonical: Counted;
  arrivedAt: string | null;
  readAt: string | null;
  open: OpenRecords;
  /** What was no longer there when it was read last. */
  gone: number;
}

interface Told {
  /** No more of them than is shown: whose account it is at the provider is nobody's business here. */
  sources: readonly Pick<Source, "id" | "name" | "state" | "arrivedAt" | "readAt" | "gone">[];
  /** Of contacts, of orders, and so on: what a source brought of each is told together. */
  canonical: readonly CountedBySource[];
  raw: RawCounts;
  /** Rows of files that nobody has seen to. */
  refusedOfFiles: number;
}

/** How much of something each source has brought. */
interface CountedBySource {
  byHand?: Counted;
  files: Counted;
  /** By the connector's id. */
  connectors: ReadonlyMap<string, Counted>;
  /** Of connectors that were deleted. */
  others: Counted;
}

/** All of them together. */
export function sumOfSources({ byHand = none, files, others, connectors }: CountedBySource): Counted {
  return sumCounted([byHand, files, others, ...connectors.values()]);
}

const none: Counted = { count: 0, capped: false };
const nothing = {
  ...{ id: null, state: null, arrivedAt: null, readAt: null, gone: 0, raw: none },
  open: nothingOpen,
};

/** Connectors in their order, then what was deleted of them, files and people's own hands, where there is anything of those. */
export function sourceLines({ sources, canonical, raw, refusedOfFiles }: Told): SourceLine[] {
  const sum = (of: (counts: CountedBySource) => Counted | undefined) =>
    sumCounted(canonical.map((counts) => of(counts) ?? none));
  const others: SourceLine[] = [
    { ...nothing, kind: "deleted", name: "Deleted connectors", raw: raw.others, canonical: sum((all) => all.others) },
    {
      ...{ ...nothing, kind: "files" as const, name: "Files", raw: raw.files, canonical: sum(({ files }) => files) },
      ...{ arrivedAt: raw.filesAt, open: { ...nothing.open, refused: refusedOfFiles } },
    },
    { ...nothing, kind: "by-hand", name: "By hand", canonical: sum(({ byHand }) => byHand) },
  ];
  return [
    ...sources.map(({ id, name, state, arrivedAt, readAt, gone }) => ({
      ...{ kind: "connector" as const, id, name, state, arrivedAt, readAt, gone },
      open: raw.open.get(id) ?? nothingOpen,
      ...{ raw: raw.connectors.get(id) ?? none, canonical: sum(({ connectors }) => connectors.get(id)) },
    })),
    ...others.filter((line) => line.raw.count + line.canonical.count > 0),
  ];
}
