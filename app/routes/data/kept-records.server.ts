/** What the pages of orders and of transactions show, both alike. */
import { can } from "~/features/accounts/rights";
import { providersOf } from "~/features/connectors/registry.server";
import { streamsOf } from "~/features/connectors/streams-of";
import { listSources } from "~/features/connectors/zones/list-sources.server";
import { type AnySubject } from "~/features/pipeline/subject";
import { factText } from "~/features/reconciliation/records/describe-record";
import { findKeptRecord } from "~/features/reconciliation/records/find-record.server";
import { listRecords } from "~/features/reconciliation/records/list-records.server";
import { fieldOf, type RecordKind } from "~/features/reconciliation/records/record-kind";
import { notFound } from "~/http/answers.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { textIn } from "~/routes/data/query";
import { receivedCells } from "~/routes/data/received-cells.server";

type Noun = AnySubject["noun"];

export async function loadRecordList(args: RouteArgs, kind: RecordKind, { many }: Noun) {
  const scope = await requireScope(args, "contacts.read");
  const params = new URL(args.request.url).searchParams;
  const connectorId = textIn(params, "connector");
  const providers = providersOf(args.context.env.providers);
  const sources = scope.ownOnly ? [] : await listSources(scope);
  const bring = sources.filter((source) => {
    const provider = providers.get(source.provider);
    return provider && streamsOf(provider, source).some(({ subject }) => subject === kind.table);
  });
  const page = await listRecords(scope, kind, { connectorId, after: textIn(params, "after") });
  const { place } = scope;
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    ...{ table: kind.table, many, connectorId, mayImport: can(scope, "contacts.import") },
    columns: kind.inLists.map((id) => ({ id, label: kind.labels[id] ?? id, isNumber: /_minor$|_count$/.test(id) })),
    connectors: bring.map(({ id, name }) => ({ value: id, label: name })),
    rows: page.rows.map(({ facts, ...row }) => ({
      ...row,
      texts: Object.fromEntries(kind.inLists.map((id) => [id, factText(id, { facts, place })])),
    })),
    after: page.after,
  };
}

export type RecordListView = Awaited<ReturnType<typeof loadRecordList>>;

/** Each of what it says with the cells that say so, for those who may see what was received. */
export async function loadKeptRecord(args: RouteArgs, kind: RecordKind, { one, many }: Noun) {
  const scope = await requireScope(args, "contacts.read");
  const found = (await findKeptRecord(scope, kind, args.params.recordId ?? "")) ?? notFound();
  const maySeeRaw = can(scope, "connectors.manage");
  const received = maySeeRaw ? receivedCells(found, providersOf(args.context.env.providers)) : [];
  const { place } = scope;
  const { facts, run, raw, ...record } = found;
  const said = Object.keys(kind.labels).filter((column) => (facts[column] ?? null) !== null);
  const told = new Set(said.map(fieldOf));
  return {
    accountName: scope.account.name,
    base: `/${scope.account.slug}`,
    place,
    now: scope.clock.now(),
    ...{ table: kind.table, one, many, name: kind.called(facts) ?? record.remoteId },
    record: { ...record, run: run && { id: run.id, name: run.name, at: run.startedAt }, line: raw?.line ?? null },
    values: said.map((column) => ({
      ...{ column, label: kind.labels[column] ?? column, text: factText(column, { facts, place }) },
      received: received.filter(({ field, text }) => text !== "" && field === fieldOf(column)),
    })),
    left: received.filter(({ field, text }) => text !== "" && !told.has(field)),
    rawHref: maySeeRaw && raw ? `/${scope.account.slug}/data/raw/${raw.id}` : null,
  };
}

export type KeptRecordView = Awaited<ReturnType<typeof loadKeptRecord>>;
