import { NextPage } from "~/routes/data/next-page";
import { type RecordListView } from "~/routes/data/kept-records.server";
import { queryOf } from "~/routes/data/query";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { FilterBar, FilterSelect } from "~/ui/filter-bar";
import { PageHead } from "~/ui/page-head";
import { Table } from "~/ui/table";

/** Orders, or transactions, each as its source says it now. */
export function RecordList({ view, line }: { view: RecordListView; line: string }) {
  const { base, table, many, rows, connectors, connectorId, mayImport } = view;
  const here = `${base}/data/${table}`;
  const title = many.charAt(0).toUpperCase() + many.slice(1);
  return (
    <>
      <PageHead
        title={title}
        line={line}
        back={{ href: `${base}/data`, label: "Data" }}
        actions={
          mayImport ? <ButtonLink href={`${base}/contacts/import?of=${table}`}>Import a file of {many}</ButtonLink> : null
        }
      />
      {connectors.length > 0 ? (
        <FilterBar action={here} clearHref={connectorId === null ? undefined : here}>
          <FilterSelect
            name="connector"
            label="Connector"
            any="Any source"
            value={connectorId ?? ""}
            options={connectors}
          />
        </FilterBar>
      ) : null}
      {rows.length === 0 ? (
        <Empty actions={connectorId === null ? null : <ButtonLink href={here}>All {many}</ButtonLink>}>
          {connectorId === null
            ? `The ${many} that connectors read or files bring in will be here.`
            : `No ${many} of it are here.`}
        </Empty>
      ) : (
        <Rows view={view} here={here} />
      )}
    </>
  );
}

function Rows({ view, here }: { view: RecordListView; here: string }) {
  const { columns, rows, connectorId, after, many } = view;
  const next = after === null ? null : here + queryOf({ connector: connectorId, after });
  const [name, ...others] = columns;
  return (
    <Table
      caption={`${many} as they are kept`}
      rows={rows}
      rowKey={({ id }) => id}
      href={({ id }) => `${here}/${id}`}
      under={({ isGone }) => (isGone ? "Gone at its source." : null)}
      columns={[
        {
          key: "name",
          label: name?.label ?? "",
          cell: ({ texts, remoteId }) => texts[name?.id ?? ""] || remoteId,
        },
        ...others.map(({ id, label, isNumber }) => ({
          ...{ key: id, label, numeric: isNumber, fit: "keep" as const },
          cell: ({ texts }: RecordListView["rows"][number]) => texts[id] ?? "",
        })),
        { key: "from", label: "From", cell: ({ from }) => from ?? "a file" },
      ]}
      foot={<NextPage href={next} />}
    />
  );
}
