/** What can be compared in an account, and what somebody has chosen of it. */
import { type Providers } from "~/features/connectors/connector";
import { orderKind } from "~/features/reconciliation/records/order-subject.server";
import { transactionKind } from "~/features/reconciliation/records/transaction-subject.server";
import { fileOrigins, listSystems, sourceName, type System } from "~/features/reconciliation/set-up/sources.server";
import { oneLine } from "~/features/contacts/values/typed-text";
import { badRequest } from "~/http/answers.server";
import { onlyText } from "~/http/form.server";
import { type Scope } from "~/platform/scope.server";
import { type FieldMeta } from "~/ui/field";

export interface Offered {
  orders: SourceChoice[];
  analytics: SourceChoice[];
}

interface SourceChoice {
  value: string;
  label: string;
  /** What kind of system it is, and where its days begin, as far as anybody knows. */
  hint: string | null;
}

/** Three statements. */
export async function offeredSources(
  scope: Scope,
  providers: Providers,
): Promise<{ systems: System[]; offered: Offered }> {
  const systems = await listSystems(scope, providers);
  const files = {
    orders: await fileOrigins(scope, orderKind),
    transactions: await fileOrigins(scope, transactionKind),
  };
  const those = (brings: "bringsOrders" | "bringsTransactions", origins: readonly string[]) => [
    ...systems.filter((system) => system[brings] && !system.isDeleted).map(choiceOf),
    ...origins.map((origin) => ({ value: origin, label: sourceName(origin, systems) ?? origin, hint: null })),
  ];
  const offered = {
    orders: those("bringsOrders", files.orders),
    analytics: those("bringsTransactions", files.transactions),
  };
  return { systems, offered };
}

function choiceOf({ origin, name, system, timeZone, currency }: System): SourceChoice {
  const facts = [name === system ? null : system, timeZone, currency].filter((fact) => fact !== null);
  return { value: origin, label: name, hint: facts.length > 0 ? facts.join(" · ") : null };
}

/** As it was typed. */
export interface SentSources {
  name: string;
  orders: string[];
  analytics: string;
}

const MOST_ORDER_SOURCES = 20;
const LONGEST_NAME = 100;

export function readSources(form: FormData): SentSources {
  const orders = form.getAll("orders");
  if (orders.some((value) => typeof value !== "string")) badRequest();
  return {
    name: oneLine(onlyText(form, "name")),
    orders: [...new Set(orders as string[])],
    analytics: onlyText(form, "analytics"),
  };
}

/** The fields in the order of the page, with what was wrong; `isRight`: nothing was. `kept`: what stood there before may stay. */
export function judgeSources(
  { name, orders, analytics }: SentSources,
  { offered, kept = [] }: { offered: Offered; kept?: readonly string[] },
) {
  const isThere = (among: readonly SourceChoice[], origin: string) =>
    kept.includes(origin) || among.some(({ value }) => value === origin);
  const problems = {
    name: nameProblem(name),
    orders: ordersProblem(orders, (origin) => isThere(offered.orders, origin)),
    analytics: isThere(offered.analytics, analytics) ? null : "Choose where tracked purchases come from.",
  };
  const meta = (field: keyof typeof problems, value?: string): FieldMeta => ({
    ...{ name: field, id: field, value },
    ...(problems[field] === null ? {} : { errors: [problems[field]] }),
  });
  return {
    isRight: Object.values(problems).every((problem) => problem === null),
    fields: { name: meta("name", name), orders: meta("orders"), analytics: meta("analytics", analytics) },
  };
}

export type SourceFields = ReturnType<typeof judgeSources>["fields"];

function nameProblem(name: string): string | null {
  if (name === "") return "Give it a name.";
  return name.length > LONGEST_NAME ? `Use at most ${LONGEST_NAME} characters for the name.` : null;
}

function ordersProblem(orders: readonly string[], isThere: (origin: string) => boolean): string | null {
  if (orders.length === 0) return "Choose at least one source of orders.";
  if (orders.length > MOST_ORDER_SOURCES) return `Choose at most ${MOST_ORDER_SOURCES} sources of orders.`;
  return orders.every(isThere) ? null : "One of these sources is not there any more. Choose again.";
}

export const NO_SOURCE = "One of these connectors was deleted meanwhile. Choose again.";
