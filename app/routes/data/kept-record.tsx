import { type KeptRecordView } from "~/routes/data/kept-records.server";
import { LeftOut, Received } from "~/routes/data/trace-table";
import { When } from "~/routes/data/when";
import { Banner } from "~/ui/banner";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

/** An order, or a transaction: each of what it says, followed back to what was received. */
export function KeptRecordPage({ view }: { view: KeptRecordView }) {
  const { base, table, one, many, name, record, values, left, rawHref } = view;
  const received = {
    key: "raw",
    label: "Raw: as received",
    cell: ({ received }: KeptRecordView["values"][number]) => <Received cells={received} rawHref={rawHref} />,
  };
  return (
    <>
      {record.goneAt ? (
        <Banner tone="warn">Its source has it no longer, so no comparison takes it in. What it said stays here.</Banner>
      ) : null}
      <PageHead
        title={name}
        line={`What its source says of this ${one}, and what that was made from.`}
        back={{ href: `${base}/data/${table}`, label: `All ${many}` }}
      />
      <Panel title="Each value, followed back">
        <Table
          bare
          caption="Values, followed back"
          rows={values}
          rowKey={({ column }) => column}
          rowId={({ column }) => column}
          columns={[
            { key: "field", label: "Field", cell: ({ label }) => label },
            { key: "canonical", label: `Canonical: this ${one}`, cell: ({ text }) => text },
            ...(rawHref ? [received] : []),
          ]}
        />
      </Panel>
      {left.length > 0 ? <LeftOut cells={left} line="Left out by the mapping." /> : null}
      <Origin view={view} />
    </>
  );
}

function Origin({ view: { base, record, rawHref, place, now } }: { view: KeptRecordView }) {
  const { run, atSource, line, goneAt } = record;
  const at = (instant: string) => <When at={instant} place={place} now={now} />;
  return (
    <Panel title="Where it came from">
      <Facts
        facts={[
          ...(run ? [{ label: "Run", value: <a href={`${base}/imports/${run.id}`}>{run.name}</a> }] : []),
          ...(atSource ? [{ label: "Called there", value: atSource.remoteId }] : []),
          ...(line !== null && !atSource ? [{ label: "Line", value: line.toLocaleString(place.locale) }] : []),
          ...(run?.at ? [{ label: "Since", value: at(run.at) }] : []),
          ...(goneAt ? [{ label: "Gone there", value: at(goneAt) }] : []),
          ...(rawHref ? [{ label: "Raw", value: <a href={rawHref}>As it was received</a> }] : []),
        ]}
      />
    </Panel>
  );
}
