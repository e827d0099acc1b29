/** The one file that joins what features offer to each other: subjects to the pipeline, what people have to their leaving. */
import { type Belonging } from "~/features/accounts/belongings";
import { logoClaim } from "~/features/accounts/logo.server";
import { recordEvent } from "~/features/audit/audit.server";
import { type OwnWay, type Undoing } from "~/features/changes/undo.server";
import { printClaim } from "~/features/campaigns/letters/make-print.server";
import { restoreCalls } from "~/features/campaigns/call-desk/restore-calls.server";
import { sealedProofs } from "~/features/campaigns/mailing/webhooks.server";
import { restoreCampaigns, seenCampaigns } from "~/features/campaigns/restore-campaigns.server";
import { restoreDeliveries } from "~/features/campaigns/recipients/record-delivery.server";
import { restoreListed } from "~/features/campaigns/recipients/restore-listed.server";
import { restoreResponses } from "~/features/campaigns/responses/restore-responses.server";
import { type AccessWorld } from "~/features/connectors/access/access-world";
import { sealedWebhook } from "~/features/connectors/alerts/webhook.server";
import { connectionFor, connectionOf } from "~/features/connectors/access/connection.server";
import { sealedAccess } from "~/features/connectors/access/sealed-access.server";
import { sealedModelKey } from "~/features/connectors/mapping-help/model-settings.server";
import { providersOf } from "~/features/connectors/registry.server";
import { tidyProviders } from "~/features/connectors/tidy-providers.server";
import { type Doors } from "~/features/connectors/runs/doors";
import { type Reach } from "~/features/connectors/set-up/find-set-up.server";
import { pauseUndone } from "~/features/connectors/runs/pause-undone.server";
import { contactsSynced } from "~/features/contacts/sourced/contacts-synced.server";
import { contactSubject } from "~/features/contacts/subject/contact-subject.server";
import { exportClaim } from "~/features/contacts/export/make-export.server";
import { countOwned, handOverOwned } from "~/features/contacts/hand-over.server";
import { recordChange } from "~/features/contacts/record-change.server";
import { ownedBy } from "~/features/contacts/undo/owned-by.server";
import { restoreContacts, seenContacts } from "~/features/contacts/undo/restore-contacts.server";
import { restoreHouseholds } from "~/features/contacts/undo/restore-households.server";
import { restoreImported, restoreRest } from "~/features/contacts/undo/restore-imported.server";
import { restoreMarks } from "~/features/contacts/undo/restore-marks.server";
import { restoreSuppressions } from "~/features/contacts/suppression/restore-suppressions.server";
import { seenSuppressions } from "~/features/contacts/suppression/suppression-rows.server";
import { restoreRelationships } from "~/features/contacts/undo/restore-relationships.server";
import { cameAgain } from "~/features/pipeline/run/came-again.server";
import { sourceClaim } from "~/features/pipeline/files/source.server";
import { tellUndoEnd } from "~/features/pipeline/run/tell-undo-end.server";
import { canUndoRun } from "~/features/pipeline/run/undo-run.server";
import { type Subjects } from "~/features/pipeline/subject";
import { orderKind, orderSubject } from "~/features/reconciliation/records/order-subject.server";
import { type RecordKind } from "~/features/reconciliation/records/record-kind";
import { restoreRecords, restoring, seenRecords } from "~/features/reconciliation/records/restore-records.server";
import { transactionKind, transactionSubject } from "~/features/reconciliation/records/transaction-subject.server";
import { sealedSignIn } from "~/features/sign-in/sealed-sign-in.server";
import { sealedBodies } from "~/platform/mail/write-mail.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";
import { auditClaim } from "~/features/reconciliation/audit/take-files.server";
import { type FileClaim } from "~/platform/sweep-files.server";

/** What a person may have charge of, and hands on when they leave. */
export const belongings: readonly Belonging[] = [
  {
    noun: { one: "contact they look after", many: "contacts they look after" },
    count: countOwned,
    handOver: handOverOwned,
  },
];

export const subjects: Subjects = { contacts: contactSubject, orders: orderSubject, transactions: transactionSubject };

/** How runs of connectors get at what they read. `env`: where the providers are, and who we are there. */
export function connectorDoors(env: AccessWorld): Doors {
  const providers = providersOf(env.providers);
  return {
    providers,
    connect: (scope, connectorId, signal) => connectionOf(scope, connectorId, { providers, env, signal }),
  };
}

/** How pages do on which connectors are set up. */
export function connectorReach(env: AccessWorld): Reach {
  return { providers: providersOf(env.providers), open: (scope, opening) => connectionFor(scope, { ...opening, env }) };
}

/** Of what a process left behind that was killed: when the next one starts, and hourly. */
export const tidyMachine = (env: AccessWorld): Promise<void> => tidyProviders(providersOf(env.providers));

/** Who keeps files: those that none of them names are swept. */
export const fileClaims: readonly FileClaim[] = [logoClaim, exportClaim, sourceClaim, auditClaim, printClaim];

/** All that is sealed: `npm run rotate-key` seals it anew with the newest key. */
export const sealedColumns: readonly SealedColumn[] = [
  ...[...sealedSignIn, sealedBodies, sealedProofs],
  ...[...sealedAccess, sealedWebhook, sealedModelKey],
];

/** What runs brought in of these goes back as its entries tell. */
const waysOf = (kind: RecordKind): Record<string, OwnWay> => ({
  [`${kind.table}.imported`]: restoring(kind),
  [`${kind.table}.synced`]: { ...restoring(kind), undone: pauseUndone },
});

const imported: OwnWay = { restore: restoreImported, restoreRest, canUndo: canUndoRun };

/** Who puts back what a change changed. What a run brought has its own way back: its records are withdrawn. */
export const undoing: Undoing = {
  restorers: {
    contact: restoreContacts,
    relationship: restoreRelationships,
    "do-not-contact": restoreMarks,
    household: restoreHouseholds,
    suppression: restoreSuppressions,
    response: restoreResponses,
    delivery: restoreDeliveries,
    recipient: restoreListed,
    call: restoreCalls,
    campaign: restoreCampaigns,
    order: (scope, entries, undone) => restoreRecords(scope, orderKind, { entries, ...undone }),
    transaction: (scope, entries, undone) => restoreRecords(scope, transactionKind, { entries, ...undone }),
  },
  ownWays: {
    [contactSubject.action]: imported,
    [contactsSynced.action]: { ...imported, undone: pauseUndone },
    ...waysOf(orderKind),
    ...waysOf(transactionKind),
  },
  seen: async (scope, ids) => {
    const seen = [
      ...[seenContacts, seenSuppressions, seenCampaigns].map((seenOf) => seenOf(scope, ids)),
      seenRecords(scope, [orderKind, transactionKind], ids),
    ];
    return new Set((await Promise.all(seen)).flatMap((some) => [...some]));
  },
  ownedBy,
  cameAgain,
  record: recordChange,
  recordEvent,
  tellEnd: tellUndoEnd,
};
