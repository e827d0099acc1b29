import { type WholeCampaign } from "~/features/campaigns/campaign";
import { claimBatch, lettersOf, type TakenRun } from "~/features/campaigns/letters/claim-letters.server";
import { countLetters, findLetter, lettersOnPage } from "~/features/campaigns/letters/find-letters.server";
import { findPrinter, giveUpPrint, makePrint, sweepPrints } from "~/features/campaigns/letters/make-print.server";
import { confirmPrinted, continueMarking, markSome } from "~/features/campaigns/letters/mark-printed.server";
import { letterMaker, logoBytes, printFile } from "~/features/campaigns/letters/print-file.server";
import {
  askForPrint,
  askToGoOn,
  discardPrint,
  findPrint,
  listPrints,
  openPrint,
} from "~/features/campaigns/letters/print-runs.server";
import { lookAtRecipients, readRecipients } from "~/features/campaigns/letters/read-recipients.server";
import { closePrints, reopenPrints } from "~/features/campaigns/letters/reopen-prints.server";
import { recordReturned } from "~/features/campaigns/letters/returned.server";
import { tellPrint } from "~/features/campaigns/letters/tell-print.server";
import { springReview } from "~/testing/given-campaigns";
import { notFound, type Ours, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const origin = "https://ledger.example";
const whose = ({ lettersId, contactId }: Ours) => ({ campaignId: lettersId, contactIds: [contactId] });
const failedPrint = ({ lettersId, printRunId, userId }: Ours) => ({
  ...{ id: printRunId, campaign_id: lettersId, kind: "letters" as const, state: "failed" as const, letters: 0 },
  ...{ asked_by: userId, asked_at: "2026-05-04T09:00:00.000Z" },
});
const never = new AbortController().signal;
const wish = { kind: "letters", who: "not-printed", options: {} } as const;
const none = { toPrint: 0, inFile: 0, printed: 0, returned: 0, leftOut: [] };

const campaign = ({ lettersId }: Ours) =>
  ({ ...springReview, id: lettersId, ownerName: null, channel: "letter" }) as unknown as WholeCampaign;

const taken = ({ lettersId, printRunId }: Ours): TakenRun => ({
  ...{ id: printRunId, kind: "letters", who: "all", contactId: null, epoch: 1 },
  campaign: { id: lettersId, codePrefix: null, origin },
});

export const letterQueries: QueryTable = {
  "features/campaigns/letters/claim-letters": {
    claimBatch: [(theirs, ours) => claimBatch(theirs, taken(ours), null), throws],
    lettersOf: [(theirs, ours) => lettersOf(theirs, taken(ours), never).next(), throws],
  },
  "features/campaigns/letters/find-letters": {
    countLetters: [(theirs, ours) => countLetters(theirs, ours.lettersId), none],
    findLetter: [
      async (theirs, ours) => {
        const chosen = { contactId: ours.contactId };
        return (await findLetter(theirs, campaign(ours), { chosen, origin })).letter;
      },
      null,
    ],
    lettersOnPage: [
      async (theirs, ours) => {
        const run = { runId: ours.printRunId, origin, madeAt: "2026-05-04T09:00:00.000Z" };
        return (await lettersOnPage(theirs, campaign(ours), run)).letters;
      },
      [],
    ],
  },
  "features/campaigns/letters/make-print": {
    findPrinter: [(theirs, ours) => findPrinter(theirs, ours.printRunId), null],
    makePrint: [(theirs, ours) => makePrint(theirs, ours.printRunId, { origin, signal: never }), undefined],
    giveUpPrint: [(theirs, ours) => giveUpPrint(theirs, ours.printRunId), undefined],
    sweepPrints: [sweepPrints, undefined],
  },
  "features/campaigns/letters/mark-printed": {
    confirmPrinted: [(theirs, ours) => confirmPrinted(theirs, ours.lettersId, ours.printRunId), notFound],
    continueMarking: [(theirs, ours) => continueMarking(theirs, ours.printRunId, never), undefined],
    markSome: [(theirs, ours) => markSome(theirs, ours.printRunId), something],
  },
  "features/campaigns/letters/print-file": {
    letterMaker: [
      (theirs, ours) => letterMaker(theirs, campaign(ours), { origin, madeAt: "2026-05-04T09:00:00.000Z" }),
      something,
    ],
    logoBytes: [logoBytes, something],
    printFile: [
      async (theirs, ours) => {
        const about = { kind: "merge-csv", options: {}, madeAt: "2026-05-04T09:00:00.000Z" } as const;
        const batches = (async function* () {
          yield await readRecipients(theirs, taken(ours).campaign, [ours.contactId]);
        })();
        const parts: string[] = [];
        for await (const part of printFile(theirs, campaign(ours), about, { origin, batches }))
          parts.push(String(Buffer.from(part)));
        return parts.length;
      },
      something,
    ],
  },
  "features/campaigns/letters/print-runs": {
    askForPrint: [(theirs, ours) => askForPrint(theirs, ours.lettersId, wish), notFound],
    askToGoOn: [(theirs, ours) => askToGoOn(theirs, ours.printRunId), undefined],
    discardPrint: [(theirs, ours) => discardPrint(theirs, ours.lettersId, ours.printRunId), notFound],
    findPrint: [(theirs, ours) => findPrint(theirs, ours.lettersId, ours.printRunId), null],
    listPrints: [(theirs, ours) => listPrints(theirs, ours.lettersId, 9), []],
    openPrint: [
      async (theirs, ours) => {
        const run = await findPrint(theirs, ours.lettersId, ours.printRunId);
        return run && (await openPrint(theirs, "Zymurgy", run));
      },
      null,
    ],
  },
  "features/campaigns/letters/read-recipients": {
    lookAtRecipients: [(theirs, ours) => lookAtRecipients(theirs, taken(ours).campaign, "emptiest"), []],
    readRecipients: [(theirs, ours) => readRecipients(theirs, taken(ours).campaign, [ours.contactId]), []],
  },
  "features/campaigns/letters/returned": {
    recordReturned: [(theirs) => recordReturned(theirs, "000000"), something],
  },
  "features/campaigns/letters/reopen-prints": {
    reopenPrints: [(theirs, ours) => reopenPrints(theirs, whose(ours)), undefined],
    closePrints: [(theirs, ours) => closePrints(theirs, whose(ours)), undefined],
  },
  "features/campaigns/letters/tell-print": {
    tellPrint: [(theirs, ours) => tellPrint(theirs, failedPrint(ours)), undefined],
  },
};
