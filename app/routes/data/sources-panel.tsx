import { openWords, standings } from "~/features/connectors/zones/source-words";
import { type Counted, sumCounted } from "~/platform/counted";
import { formatInstant, type Place } from "~/platform/time";
import { type SourceLine } from "~/routes/data/source-lines";
import { When } from "~/routes/data/when";
import { Facts } from "~/ui/facts";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";

interface SourcesProps {
  base: string;
  place: Place;
  now: string;
  lines: SourceLine[];
  maySeeRaw: boolean;
  /** More is open than was counted. */
  isCapped: boolean;
}

/** Where it comes from: each connector, those that were deleted, the files, and people's own hands. */
export function SourcesPanel({ base, place, now, lines, maySeeRaw, isCapped }: SourcesProps) {
  if (lines.length === 0) return null;
  const at = (instant: string | null) => <When at={instant} place={place} now={now} />;
  const number = ({ count, capped }: Counted) => formatCount(count, { capped, locale: place.locale });
  const sum = (of: "raw" | "canonical") => number(sumCounted(lines.map((line) => line[of])));
  const open = openWords(sumOpen(lines), place.locale);
  return (
    <Panel
      title="Where it comes from"
      line="Raw counts every version that was received; canonical what counts here now, and nothing of archived contacts."
    >
      <Table
        bare
        caption="Sources"
        rows={lines}
        rowKey={({ id, kind }) => id ?? kind}
        href={(line) => hrefOf(line, { base, maySeeRaw })}
        columns={[
          { key: "name", label: "Source", cell: ({ name }) => name },
          {
            key: "state",
            label: "State",
            cell: ({ state }) => (state ? <Status of={standings[state].look}>{standings[state].word}</Status> : ""),
          },
          { key: "raw", label: "Raw", cell: ({ raw }) => number(raw), numeric: true },
          { key: "canonical", label: "Canonical", cell: ({ canonical }) => number(canonical), numeric: true },
          { key: "arrived", label: "Newest arrival", cell: ({ arrivedAt }) => at(arrivedAt) },
          { key: "read", label: "Last read", cell: ({ readAt }) => at(readAt) },
          { key: "open", label: "To see to", cell: (line) => openWords(line.open, place.locale) },
        ]}
        total={["Together", "", sum("raw"), sum("canonical"), "", "", isCapped && open ? `at least ${open}` : open]}
      />
    </Panel>
  );
}

function hrefOf({ kind, id }: SourceLine, { base, maySeeRaw }: Pick<SourcesProps, "base" | "maySeeRaw">) {
  if (kind === "files") return `${base}/imports`;
  return kind === "connector" && maySeeRaw ? `${base}/data/raw?connector=${id}` : undefined;
}

function sumOpen(lines: readonly SourceLine[]): SourceLine["open"] {
  const sum = (of: keyof SourceLine["open"]) => lines.reduce((all, { open }) => all + open[of], 0);
  return { refused: sum("refused"), held: sum("held"), going: sum("going") };
}

/** What there is to see to, over all sources, and which connector has not been read for longest. */
export function HealthPanel({ place, lines, isCapped }: Pick<SourcesProps, "place" | "lines" | "isCapped">) {
  if (lines.length === 0) return null;
  const number = (count: number) => formatCount(count, { locale: place.locale, capped: isCapped && count > 0 });
  const { refused, held, going } = sumOpen(lines);
  const running = lines.filter(({ state }) => state !== null && state !== "setting-up" && state !== "disconnected");
  const [stalest] = [...running].sort((a, b) => (a.readAt ?? "").localeCompare(b.readAt ?? ""));
  const gone = running.reduce((all, line) => all + line.gone, 0);
  return (
    <Panel title="Health">
      <Facts
        facts={[
          { label: "Refused", value: number(refused) },
          { label: "Held for an answer", value: number(held + going) },
          ...(stalest
            ? [
                { label: "Gone at the last reading", value: number(gone) },
                { label: "Not read for longest", value: staleness(stalest, place) },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function staleness({ name, readAt }: SourceLine, place: Place): string {
  return readAt === null ? `${name}: never yet` : `${name}: since ${formatInstant(place, readAt)}`;
}
