/** Reports on mails that somebody brought: each is read by itself, and those that are understood are taken together. */
import { readDeliveryReport } from "~/features/campaigns/mailing/delivery-status";
import { holdMailed } from "~/features/campaigns/mailing/hold-mailed.server";
import { type MailOutcome } from "~/features/campaigns/mailing/mail-outcome";
import { type SentMail } from "~/features/campaigns/mailing/split-mails";
import { type TakenAs, takeOutcome } from "~/features/campaigns/mailing/take-outcome.server";
import { asOneChange, changeSetOf } from "~/features/contacts/record-change.server";
import { inTransaction } from "~/platform/db/transaction.server";
import { type Scope } from "~/platform/scope.server";

export interface TakenReport {
  name: string;
  recipient: string | null;
  as: TakenAs;
  /** What the server said. */
  said: string | null;
}

export interface TakenReports {
  taken: TakenReport[];
  unread: { name: string; reason: "too-large" | "not-a-report" }[];
  /** By which all of it is undone; null: nothing was changed. */
  changeSetId: string | null;
}

const BATCH = 50;

export async function takeReports(scope: Scope, mails: readonly SentMail[]): Promise<TakenReports> {
  const together = asOneChange(scope, "delivery.recorded");
  const outcomes: { name: string; outcome: MailOutcome }[] = [];
  const reports: TakenReports = { taken: [], unread: [], changeSetId: null };
  for (const { name, source } of mails) {
    const read = readDeliveryReport(source);
    if (read.ok) outcomes.push(...read.outcomes.map((outcome) => ({ name, outcome })));
    else reports.unread.push({ name, reason: read.reason });
  }
  for (let at = 0; at < outcomes.length; at += BATCH) {
    const some = outcomes.slice(at, at + BATCH);
    reports.taken.push(...(await inTransaction(together, (inside) => takeSome(inside, some))));
  }
  return { ...reports, changeSetId: changeSetOf(together) };
}

async function takeSome(scope: Scope, some: readonly { name: string; outcome: MailOutcome }[]): Promise<TakenReport[]> {
  const taken: TakenReport[] = [];
  await holdMailed(
    scope,
    some.map(({ outcome }) => outcome),
  );
  for (const { name, outcome } of some) {
    const as = await takeOutcome(scope, outcome, null);
    taken.push({ name, recipient: outcome.recipient, as, said: outcome.diagnostic ?? outcome.status });
  }
  return taken;
}
