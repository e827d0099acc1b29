import { finding, shareText, type Statistics, type Week } from "~/features/connectors/statistics/statistics";
import { formatDate, formatDuration, formatShortDate, type Place } from "~/platform/time";
import { StackedBars } from "~/ui/chart";
import { Figures } from "~/ui/figures";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

const series = [
  { label: "Went well", tone: "strong" },
  { label: "Needed attention", tone: "warn" },
  { label: "Failed", tone: "bad" },
] as const;

/** How a connector did lately: its shares, and week by week. */
export function StatisticsPanel({ statistics, place }: { statistics: Statistics; place: Place }) {
  const { runs, tests, medianMs, read, created, changed, refused, from } = statistics;
  const number = (count: number) => formatCount(count, place);
  return (
    <>
      <Figures
        figures={[
          { value: shareText(runs, place.locale), label: "runs went well" },
          { value: shareText(tests, place.locale), label: "tests of the connection went well" },
          { value: medianMs === null ? "–" : formatDuration(medianMs), label: "a run takes, typically" },
          { value: number(read), label: "read" },
          { value: number(created + changed), label: "new or changed" },
          { value: number(refused), label: "refused" },
        ]}
      />
      {runs.of === 0 ? null : (
        <Panel
          title="Runs week by week"
          line={`Since ${formatDate(place, from)}. What somebody cancelled is left out.`}
        >
          <Weeks statistics={statistics} place={place} />
        </Panel>
      )}
    </>
  );
}

function Weeks({ statistics, place }: { statistics: Statistics; place: Place }) {
  const { weeks } = statistics;
  const weekText = ({ from }: Week) => formatShortDate(place, from);
  const words = finding(statistics, weekText, place.locale);
  const most = Math.max(...weeks.map(({ good, attention, failed }) => good + attention + failed));
  const [first, last] = [weeks[0], weeks.at(-1)];
  return (
    <StackedBars
      label={words}
      caption={words}
      series={[...series]}
      bars={weeks.map((week) => ({
        key: week.from,
        title: `Week of ${weekText(week)}: ${week.good} well, ${week.attention} needed attention, ${week.failed} failed`,
        values: [week.good, week.attention, week.failed],
      }))}
      first={first ? weekText(first) : ""}
      last={last ? formatShortDate(place, last.until) : ""}
      most={most}
      mostText={formatCount(most, place)}
    >
      <WeekTable weeks={weeks} place={place} />
    </StackedBars>
  );
}

function WeekTable({ weeks, place }: { weeks: Week[]; place: Place }) {
  const count = (key: "good" | "attention" | "failed" | "read" | "created" | "changed" | "refused", label: string) => ({
    ...{ key, label, numeric: true },
    cell: (week: Week) => formatCount(week[key], place),
  });
  return (
    <Table
      caption="Runs week by week"
      bare
      rows={weeks}
      rowKey={({ from }) => from}
      columns={[
        { key: "week", label: "Week of", fit: "keep", cell: ({ from }) => formatShortDate(place, from) },
        count("good", "Went well"),
        count("attention", "Needed attention"),
        count("failed", "Failed"),
        {
          ...{ key: "took", label: "Took, typically", fit: "keep" },
          cell: ({ medianMs }) => (medianMs === null ? null : formatDuration(medianMs)),
        },
        count("read", "Read"),
        count("created", "New"),
        count("changed", "Changed"),
        count("refused", "Refused"),
      ]}
    />
  );
}
