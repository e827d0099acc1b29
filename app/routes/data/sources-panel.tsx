import { type Source } from "~/features/connectors/zones/list-sources.server";
import { openWords, standings } from "~/features/connectors/zones/source-words";
import { type Counted } from "~/features/contacts/zones/count-zones.server";
import { type FilesSummary } from "~/features/pipeline/zones/sum-up-files.server";
import { formatInstant, type Place } from "~/platform/time";
import { When } from "~/routes/data/when";
import { Facts } from "~/ui/facts";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";

interface Shared {
  base: string;
  place: Place;
  now: string;
  sources: readonly Source[];
  files: FilesSummary;
}

interface Line {
  key: string;
  name: string;
  href?: string;
  state: Source["state"] | null;
  records: string;
  arrivedAt: string | null;
  readAt: string | null;
  open: string;
}

/** Where it comes from: each connector, the files, and people's own hands. */
export function SourcesPanel({ maySeeRaw, byHand, ...shared }: Shared & { maySeeRaw: boolean; byHand: Counted }) {
  const { place, base, sources, files } = shared;
  const { locale } = place;
  const number = (count: number) => formatCount(count, { locale });
  const lines: Line[] = sources.map((source) => ({
    ...{ key: source.id, name: source.name, state: source.state },
    href: maySeeRaw ? `${base}/data/raw?connector=${source.id}` : undefined,
    records: source.stored === null ? "" : number(source.stored),
    ...{ arrivedAt: source.arrivedAt, readAt: source.readAt, open: openWords(source.open, locale) },
  }));
  const nothing = { state: null, arrivedAt: null, readAt: null, open: "" };
  if (files.imports > 0) {
    const open = files.refused > 0 ? `${number(files.refused)} refused` : "";
    const line = { ...nothing, key: "files", name: "Files", href: `${base}/imports`, arrivedAt: files.newestAt, open };
    lines.push({ ...line, records: number(files.read) });
  }
  if (byHand.count > 0) {
    lines.push({ ...nothing, key: "by-hand", name: "By hand", records: formatCount(byHand.count, { ...byHand, locale }) });
  }
  if (lines.length === 0) return null;
  return (
    <Panel title="Where it comes from">
      <SourcesTable lines={lines} {...shared} />
    </Panel>
  );
}

function SourcesTable({ lines, place, now }: { lines: Line[] } & Pick<Shared, "place" | "now">) {
  const at = (instant: string | null) => <When at={instant} place={place} now={now} />;
  return (
    <Table
      bare
      caption="Sources"
      rows={lines}
      rowKey={({ key }) => key}
      href={({ href }) => href}
      columns={[
        { key: "name", label: "Source", cell: ({ name }) => name },
        {
          key: "state",
          label: "State",
          cell: ({ state }) => (state ? <Status of={standings[state].look}>{standings[state].word}</Status> : ""),
        },
        { key: "records", label: "Records", cell: ({ records }) => records, numeric: true },
        { key: "arrived", label: "Newest arrival", cell: ({ arrivedAt }) => at(arrivedAt), fit: "keep" },
        { key: "read", label: "Last read", cell: ({ readAt }) => at(readAt), fit: "keep" },
        { key: "open", label: "To see to", cell: ({ open }) => open },
      ]}
    />
  );
}

/** What there is to see to, over all connectors, and which of them has not been read for longest. */
export function HealthPanel({ place, sources, isCapped }: Shared & { isCapped: boolean }) {
  const running = sources.filter(({ state }) => state !== "setting-up");
  if (running.length === 0) return null;
  const number = (count: number) => formatCount(count, { locale: place.locale, capped: isCapped && count > 0 });
  const sum = (of: (source: Source) => number) => number(running.reduce((all, source) => all + of(source), 0));
  const [stalest] = [...running].sort((a, b) => (a.readAt ?? "").localeCompare(b.readAt ?? ""));
  return (
    <Panel title="Health">
      <Facts
        facts={[
          { label: "Refused", value: sum(({ open }) => open.refused) },
          { label: "Held for an answer", value: sum(({ open }) => open.held + open.going) },
          { label: "Gone at the last reading", value: sum(({ gone }) => gone) },
          ...(stalest ? [{ label: "Not read for longest", value: staleness(stalest, place) }] : []),
        ]}
      />
    </Panel>
  );
}

function staleness({ name, readAt }: Source, place: Place): string {
  return readAt === null ? `${name}: never yet` : `${name}: since ${formatInstant(place, readAt)}`;
}
