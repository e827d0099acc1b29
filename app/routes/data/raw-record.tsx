import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { kindOfRaw, nameOfRaw } from "~/features/connectors/zones/raw-names.server";
import { providersOf } from "~/features/connectors/registry.server";
import { recordStandings } from "~/features/connectors/zones/source-words";
import { listMadeFrom } from "~/features/contacts/zones/find-record.server";
import { ReasonWithLinks } from "~/features/pipeline/corrections/reason-with-links";
import { findRaw, listVersions, type RawRecord } from "~/features/pipeline/zones/find-raw.server";
import { findKeptRecord } from "~/features/reconciliation/records/find-record.server";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { notFound } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { outcomeNames } from "~/routes/data/outcome-names";
import { When } from "~/routes/data/when";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · Raw · ${data.accountName}` : "Raw" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "connectors.manage");
  const { received, ...raw } = (await findRaw(scope, args.params.rawId ?? "")) ?? notFound();
  const [made, kept, versions] = await Promise.all([
    listMadeFrom(scope, raw.id),
    keptFrom(scope, raw),
    raw.source ? listVersions(scope, raw.source.id) : [],
  ]);
  const called = calledThere(raw, scope.place.locale);
  const providers = providersOf(args.context.env.providers);
  const title = nameOfRaw(received, providers) || called;
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place: scope.place,
    now: scope.clock.now(),
    ...{ title, called, kind: kindOfRaw(received, providers), raw, made, kept, versions },
  };
}

const kinds: Readonly<Record<string, RecordKind>> = { orders: orderKind, transactions: transactionKind };

/** The order or transaction that it became; null: it became none, or that is gone. */
async function keptFrom(scope: Scope, { run, subjectId }: Raw) {
  const kind = kinds[run.subject];
  const found = kind && subjectId !== null ? await findKeptRecord(scope, kind, subjectId) : null;
  return found && kind && { path: `${kind.table}/${found.id}`, name: kind.called(found.facts) ?? found.remoteId };
}

type Raw = Omit<RawRecord, "received">;

/** As its source knows it. */
function calledThere({ source, position }: Raw, locale: string): string {
  return source ? source.remoteId : `Line ${position.toLocaleString(locale)}`;
}

export default function RawRecordPage() {
  const { base, raw, title } = useLoaderData<typeof loader>();
  const back = raw.source ? `?connector=${raw.source.connectorId}` : `?run=${raw.run.id}`;
  return (
    <>
      <PageHead
        title={title}
        line={`As it was received from ${raw.run.name}.`}
        back={{ href: `${base}/data/raw${back}`, label: "Raw" }}
      />
      <Columns
        side={
          <>
            <Origin />
            <MadeOfIt />
            <Versions />
          </>
        }
      >
        <Received raw={raw} base={base} />
      </Columns>
    </>
  );
}

function Received({ raw, base }: { raw: Raw; base: string }) {
  return (
    <Panel title="What it says">
      {raw.fields.length === 0 ? (
        <p className="quiet">What it said was erased.</p>
      ) : (
        <dl className="facts long-names">
          {raw.fields.map((field) => (
            <FieldSaid key={field.name} field={field} />
          ))}
        </dl>
      )}
      {raw.refusals.length > 0 ? (
        <>
          <h3 className="mt-4">Why it was refused</h3>
          <ul>
            {raw.refusals.map(({ column, value, ...why }, index) => (
              <li key={index}>
                {[column, value && `“${value}”`].filter(Boolean).join(": ")} <ReasonWithLinks {...{ base, ...why }} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  );
}

function FieldSaid({ field: { name, text, isNested } }: { field: RawRecord["fields"][number] }) {
  return (
    <>
      <dt id={`field-${name}`}>{name}</dt>
      <dd className={`wrap-anywhere whitespace-pre-wrap${isNested ? " font-mono text-[0.8125rem]" : ""}`}>{text}</dd>
    </>
  );
}

function Origin() {
  const { base, raw, called, kind, place, now } = useLoaderData<typeof loader>();
  const { source, run } = raw;
  return (
    <Panel title="Where it came from">
      <Facts
        facts={[
          { label: "Run", value: <a href={`${base}/imports/${run.id}`}>{run.name}</a> },
          { label: "Received", value: <When at={run.startedAt} place={place} now={now} /> },
          { label: "What came of it", value: outcomeNames[raw.outcome] },
          ...(source
            ? [
                { label: "Called there", value: called },
                { label: "What it is", value: kind },
                ...(source.changedAt === null
                  ? []
                  : [{ label: "Changed there", value: <When at={source.changedAt} place={place} now={now} /> }]),
                { label: "How it stands", value: recordStandings[source.state] },
              ]
            : [{ label: "Line", value: raw.position.toLocaleString(place.locale) }]),
        ]}
      />
    </Panel>
  );
}

function MadeOfIt() {
  const { base, made, kept } = useLoaderData<typeof loader>();
  return (
    <Panel title="What was made of it">
      {made.length === 0 && !kept ? <p className="quiet">No canonical record.</p> : null}
      <ul>
        {kept ? (
          <li>
            <a href={`${base}/data/${kept.path}`}>{kept.name}</a>
          </li>
        ) : null}
        {made.map(({ id, contactId, contactName, isWithdrawn }) => (
          <li key={id}>
            <a href={`${base}/data/canonical/${id}`}>Its canonical record</a>
            {isWithdrawn ? " (it no longer counts)" : ""}, of{" "}
            <a href={`${base}/contacts/${contactId}`}>{contactName}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Versions() {
  const { base, raw, versions, place, now } = useLoaderData<typeof loader>();
  if (versions.length === 0) return null;
  return (
    <Panel title="Its versions">
      <ol>
        {versions.map(({ id, at, isTaken, outcome }) => (
          <li key={id}>
            {id === raw.id ? (
              <b>
                <When at={at} place={place} now={now} />
              </b>
            ) : (
              <a href={`${base}/data/raw/${id}`}>
                <When at={at} place={place} now={now} />
              </a>
            )}
            <span className="quiet"> {isTaken ? "what it says here" : outcomeNames[outcome]}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
