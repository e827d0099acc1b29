/** What stands here of a connector, for whoever ends it: what would stay, and what would go. */
import { type WholeConnector } from "~/features/connectors/find-whole-connector.server";
import { listRunsOfConnector } from "~/features/pipeline/run/connector-runs.server";
import { type Provider } from "~/features/connectors/connector";
import { countStandingOf } from "~/features/contacts/sourced/count-standing.server";
import { isAtWork } from "~/features/pipeline/run/run";
import { revocationWords } from "~/features/connectors/access/revocation-words";
import { type Revocation } from "~/features/connectors/access/take-back.server";
import { type Flash, warning } from "~/http/flash.server";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { countStandingRecords } from "~/features/reconciliation/records/standing-records.server";
import { transactionKind, transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { badRequest, refreshAfter } from "~/http/answers.server";
import { onlyText } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

const REFRESH_SECONDS = 3;

export interface WhatStays {
  /** The run at work, which has to end first: what it brings could not be counted. */
  atWork: string | null;
  /** Contacts, or whatever it brings. */
  records: number;
  /** Of these, whom nothing else stands for. */
  alone: number;
  noun: { one: string; many: string };
  /** They are there to be compared. */
  isCompared: boolean;
  locale: string;
}

type StandingOf = Pick<WholeConnector, "id" | "selection" | "mapping">;

export async function whatStays(
  { context }: Pick<RouteArgs, "context">,
  scope: Scope,
  { connector, provider }: { connector: StandingOf; provider: Provider | null },
): Promise<WhatStays> {
  const { count, noun } = brought[provider?.streams[0]?.subject ?? "contacts"] ?? contacts;
  const isCompared = noun !== contacts.noun;
  const [last] = await listRunsOfConnector(scope, connector.id, 1);
  const { locale } = scope.place;
  if (last && isAtWork(last.state)) {
    refreshAfter(context, REFRESH_SECONDS);
    return { atWork: `/${scope.account.slug}/imports/${last.id}`, records: 0, alone: 0, noun, isCompared, locale };
  }
  return { atWork: null, ...(await count(scope, connector)), noun, isCompared, locale };
}

export const stopFirst = warning("It is being read right now. Stop the run first, or wait for its end.");

/** The run began after it was looked for, and before the access went: what was wanted besides is not done. */
export function begunMeanwhile(system: string, revocation: Revocation, wanted: string): Flash {
  const words = revocationWords(system, revocation);
  return warning(`${words} But a run began at that moment, so ${wanted}. Stop it or wait for its end, then try again.`);
}

/** What a connector can bring, and how much of it stands. */
interface Brought extends Pick<WhatStays, "noun"> {
  count: (scope: Scope, connector: StandingOf) => Promise<Pick<WhatStays, "records" | "alone">>;
}

const contacts: Brought = {
  noun: { one: "contact", many: "contacts" },
  count: async (scope, { id, selection, mapping }) => {
    const streams = Object.keys(selection).filter((stream) => stream in mapping);
    const { contacts: records, alone } = await countStandingOf(scope, id, streams);
    return { records, alone };
  },
};

/** By subject. */
const brought: Readonly<Record<string, Brought>> = {
  orders: { noun: orderSubject.noun, count: (scope, { id }) => countStandingRecords(scope, orderKind, id) },
  transactions: {
    noun: transactionSubject.noun,
    count: (scope, { id }) => countStandingRecords(scope, transactionKind, id),
  },
};

/** Unless somebody says otherwise, what was brought stays: nothing is lost by an oversight. */
export function recordsWanted(form: FormData): "stay" | "go" {
  const records = onlyText(form, "records") || "stay";
  return records === "stay" || records === "go" ? records : badRequest();
}
