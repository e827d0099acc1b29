import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { providersOf } from "~/features/connectors/registry.server";
import { findContact } from "~/features/contacts/detail/find-contact.server";
import { homeOf } from "~/features/contacts/values/address-text";
import { findRecord } from "~/features/contacts/zones/find-record.server";
import { leftCells, traceRecord } from "~/features/contacts/zones/trace";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { receivedCells } from "~/routes/data/received-cells.server";
import { LeftOut, TraceTable } from "~/routes/data/trace-table";
import { When } from "~/routes/data/when";
import { Banner } from "~/ui/banner";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.record.contactName} · Canonical · ${data.accountName}` : "Canonical" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "contacts.read");
  const found = (await findRecord(scope, args.params.recordId ?? "")) ?? notFound();
  const contact = await findContact(scope, found.contactId);
  const maySeeRaw = can(scope, "connectors.manage");
  const received = maySeeRaw ? receivedCells(found, providersOf(args.context.env.providers)) : [];
  const home = homeOf({ ...scope.account, ...scope.place }, contact?.fields);
  const { data: _data, run, raw, ...record } = found;
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    record: { ...record, run: run && { id: run.id, name: run.name }, raw: raw && { id: raw.id, line: raw.line } },
    rows: traceRecord({ record: found, contact, received, home }),
    left: leftCells(received),
    maySeeRaw,
  };
}

export default function RecordPage() {
  const { base, record, rows, left, maySeeRaw } = useLoaderData<typeof loader>();
  const rawHref = maySeeRaw && record.raw ? `${base}/data/raw/${record.raw.id}` : null;
  return (
    <>
      {record.withdrawnAt ? (
        <Banner tone="warn">This record no longer counts: its import was undone, or a newer version took its place.</Banner>
      ) : null}
      <PageHead
        title={record.contactName}
        line="What one source says of this contact, and what became of it."
        back={{ href: `${base}/data/canonical?contact=${record.contactId}`, label: "All records of this contact" }}
      />
      <Panel title="Each value, followed back">
        <TraceTable rows={rows} contactHref={`${base}/contacts/${record.contactId}`} rawHref={rawHref} />
      </Panel>
      {left.length > 0 ? (
        <LeftOut
          cells={left}
          line="Left out by the mapping, or about who is not to be contacted or who looks after them."
        />
      ) : null}
      <Origin rawHref={rawHref} />
    </>
  );
}

function Origin({ rawHref }: { rawHref: string | null }) {
  const { base, record, place, now } = useLoaderData<typeof loader>();
  const { run, raw, atSource, who } = record;
  return (
    <Panel title="Where it came from">
      <Facts
        facts={[
          ...(record.source === "by-hand" ? [{ label: "Source", value: who ? `By hand, ${who}` : "By hand" }] : []),
          ...(run ? [{ label: "Run", value: <a href={`${base}/imports/${run.id}`}>{run.name}</a> }] : []),
          ...(atSource ? [{ label: "Called there", value: atSource.remoteId }] : []),
          ...(raw && !atSource ? [{ label: "Line", value: raw.line.toLocaleString(place.locale) }] : []),
          { label: "Since", value: <When at={record.at} place={place} now={now} /> },
          ...(rawHref ? [{ label: "Raw", value: <a href={rawHref}>As it was received</a> }] : []),
        ]}
      />
    </Panel>
  );
}
