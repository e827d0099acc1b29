import { sql } from "kysely";
import { lockCampaign, lockCampaignOf, writeCampaign } from "~/features/campaigns/campaign-row.server";
import { findCampaign, listBegun, listCampaigns } from "~/features/campaigns/campaigns.server";
import { addContacts, addFrom, continueAddition } from "~/features/campaigns/recipients/add-recipients.server";
import { firstNumber } from "~/features/campaigns/recipients/first-number.server";
import { countingRecipients, countRecipients } from "~/features/campaigns/recipients/count-recipients.server";
import { contactsByEmail, findByEmail } from "~/features/campaigns/recipients/find-by-email.server";
import {
  findAdditionAsker,
  findUndoerOfAddition,
  giveUpAddition,
  giveUpUndoOfAddition,
  sweepAdditions,
} from "~/features/campaigns/recipients/give-up-addition.server";
import { forgetContacts } from "~/features/campaigns/recipients/forget-contacts.server";
import { findByCode, giveCodes } from "~/features/campaigns/recipients/give-codes.server";
import { type Judged } from "~/features/campaigns/recipients/judged";
import { leaveOutDoubles } from "~/features/campaigns/recipients/leave-out-doubles.server";
import { insertRecipients } from "~/features/campaigns/recipients/insert-recipients.server";
import { judgeAgain, judgeContacts } from "~/features/campaigns/recipients/judge-recipients.server";
import { countLeftOut, listAdditions, listRecipients } from "~/features/campaigns/recipients/list-recipients.server";
import { offTheList } from "~/features/campaigns/recipients/listed";
import { markDelivery } from "~/features/campaigns/recipients/mark-delivery.server";
import { nextOfSource } from "~/features/campaigns/recipients/next-of-source.server";
import { listOpenCampaigns } from "~/features/campaigns/recipients/open-campaigns.server";
import { recordDelivery, restoreDeliveries } from "~/features/campaigns/recipients/record-delivery.server";
import { restoreListed } from "~/features/campaigns/recipients/restore-listed.server";
import { takeBatch, takeOff } from "~/features/campaigns/recipients/take-off.server";
import { continueUndoOfAddition, undoAddition } from "~/features/campaigns/recipients/undo-addition.server";
import { writeToExecutors } from "~/features/campaigns/recipients/write-to-executors.server";
import { readColumns, restoreCampaigns, seenCampaigns } from "~/features/campaigns/restore-campaigns.server";
import {
  bringBackCampaign,
  changeCampaign,
  copyCampaign,
  createCampaign,
  deleteCampaign,
  setCampaignArchived,
  sweepCampaigns,
} from "~/features/campaigns/save-campaign.server";
import { findAnswerers } from "~/features/campaigns/responses/find-answerers.server";
import { findRecipient } from "~/features/campaigns/responses/find-recipient.server";
import { recordMany } from "~/features/campaigns/responses/record-many.server";
import {
  type Answer,
  lockRecipient,
  recordResponse,
  serveResponse,
} from "~/features/campaigns/responses/record-response.server";
import { restoreResponses } from "~/features/campaigns/responses/restore-responses.server";
import {
  completeCampaign,
  isCollecting,
  resumeCampaign,
  startCampaign,
} from "~/features/campaigns/start-campaign.server";
import { nextOfList } from "~/features/contacts/list/list-in-order.server";
import { newId } from "~/platform/ids.server";
import { type Scope } from "~/platform/scope.server";
import { springReview } from "~/testing/given-campaigns";
import { notFound, type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

const never = new AbortController().signal;
const everything = { state: null, channel: null, archived: false } as const;
const ours = ({ campaignId }: Ours) => ({ id: campaignId, channel: "email" as const });
const converted: Answer = {
  response: "converted",
  respondedOn: "2026-11-20",
  ...{ how: "by-hand", note: "Zymurgy", valueMinor: 145_000n },
};
const person = (contactId: string): Judged => ({
  ...{ contactId, nameKey: "zymurgy", leftOut: null, writtenToId: null, addressKey: "nobody@orchard.example" },
  ...{ kind: "individual", familyName: "Zymurgy" },
});
const estate = (contactId: string): Judged => ({ ...person(contactId), kind: "estate", leftOut: "deceased" });
const start = { after_key: null, after_id: null };

async function codeOfRecipient(scope: Scope, { campaignId, contactId }: { campaignId: string; contactId: string }) {
  const row = await scope.db
    .selectFrom("recipients")
    .select("code")
    .where("account_id", "=", scope.account.id)
    .where("campaign_id", "=", campaignId)
    .where("contact_id", "=", contactId)
    .executeTakeFirst();
  return row?.code ?? "000000";
}

const someLine = { text: "000000", code: "000000" };
const responded: Answer = {
  ...{ response: "responded", respondedOn: "2026-11-20", how: "by-hand", note: null, valueMinor: null },
};
const printed = { delivery: "printed" } as const;

export const campaignQueries: QueryTable = {
  "features/campaigns/campaign-row": {
    lockCampaign: [(theirs, ours) => lockCampaign(theirs, ours.campaignId), undefined],
    lockCampaignOf: [(theirs, ours) => lockCampaignOf(theirs, ours.additionId), undefined],
    writeCampaign: [(theirs, ours) => writeCampaign(theirs, ours.campaignId, { name: "Taken" }), undefined],
  },
  "features/campaigns/campaigns": {
    findCampaign: [(theirs, ours) => findCampaign(theirs, ours.campaignId), null],
    listBegun: [
      async (theirs, { campaignId }) => {
        await writeCampaign(theirs, campaignId, { state: "running" });
        return listBegun(theirs, 9);
      },
      [],
    ],
    listCampaigns: [(theirs) => listCampaigns(theirs, everything), { campaigns: [], older: null }],
  },
  "features/campaigns/restore-campaigns": {
    readColumns: [(theirs, ours) => readColumns(theirs, ours.campaignId, ["name"]).catch(() => "refused"), "refused"],
    restoreCampaigns: [
      async (theirs, { campaignId }) => {
        const after = await readColumns(theirs, campaignId, ["name"]).catch(() => ({ name: "Spring" }));
        const entry = { subjectKind: "campaign", subjectId: campaignId, before: { name: "Taken" }, after };
        return (await restoreCampaigns(theirs, [entry])).entries;
      },
      [],
    ],
    seenCampaigns: [(theirs, ours) => seenCampaigns(theirs, [ours.campaignId]), []],
  },
  "features/campaigns/save-campaign": {
    createCampaign: [(theirs) => createCampaign(theirs, springReview), something],
    changeCampaign: [
      (theirs, ours) => changeCampaign(theirs, ours.campaignId, { ...springReview, version: 1 }),
      notFound,
    ],
    copyCampaign: [(theirs, ours) => copyCampaign(theirs, ours.campaignId), notFound],
    deleteCampaign: [(theirs, ours) => deleteCampaign(theirs, ours.campaignId), notFound],
    bringBackCampaign: [(theirs, ours) => bringBackCampaign(theirs, ours.campaignId), notFound],
    setCampaignArchived: [(theirs, ours) => setCampaignArchived(theirs, ours.campaignId, true), notFound],
    sweepCampaigns: [sweepCampaigns, undefined],
  },
  "features/campaigns/recipients/add-recipients": {
    addContacts: [(theirs, ours) => addContacts(theirs, ours.campaignId, [ours.contactId]), notFound],
    addFrom: [(theirs, ours) => addFrom(theirs, ours.campaignId, { from: "list", query: "", name: null }), notFound],
    continueAddition: [(theirs, ours) => continueAddition(theirs, ours.additionId, never), undefined],
  },
  "features/campaigns/recipients/count-recipients": {
    countRecipients: [(theirs, ours) => countRecipients(theirs, ours.campaignId), undefined],
    countingRecipients: [
      (theirs, ours) => countingRecipients(theirs, ours.campaignId, [ours.contactId], () => Promise.resolve()),
      undefined,
    ],
  },
  "features/campaigns/recipients/find-by-email": {
    findByEmail: [(theirs) => findByEmail(theirs, "somebody@orchard.example"), something],
    contactsByEmail: [(theirs) => contactsByEmail(theirs, ["somebody@orchard.example"]), something],
  },
  "features/campaigns/recipients/first-number": {
    firstNumber: [(theirs) => typeof firstNumber(theirs, sql.ref("contacts.id")), something],
  },
  "features/campaigns/recipients/give-up-addition": {
    findUndoerOfAddition: [(theirs, ours) => findUndoerOfAddition(theirs, ours.additionId), something],
    giveUpUndoOfAddition: [(theirs, ours) => giveUpUndoOfAddition(theirs, ours.additionId), undefined],
    findAdditionAsker: [(theirs, ours) => findAdditionAsker(theirs, ours.additionId), null],
    giveUpAddition: [(theirs, ours) => giveUpAddition(theirs, ours.additionId), undefined],
    sweepAdditions: [sweepAdditions, undefined],
  },
  "features/campaigns/recipients/judge-recipients": {
    judgeContacts: [
      (theirs, { otherContactId, ...all }) => judgeContacts(theirs, ours(all as Ours), [otherContactId]),
      [],
    ],
    judgeAgain: [(theirs, { contactId, ...rest }) => judgeAgain(theirs, ours(rest as Ours), [contactId]), something],
  },
  "features/campaigns/recipients/leave-out-doubles": {
    leaveOutDoubles: [
      async (theirs, { contactId, ...all }) =>
        (await leaveOutDoubles(theirs, ours(all as Ours), [person(contactId)]))[0]?.leftOut,
      something,
    ],
  },
  "features/campaigns/recipients/list-recipients": {
    listRecipients: [
      (theirs, all) => listRecipients(theirs, ours(all), { leftOut: true }),
      { recipients: [], from: 0, to: 0, previous: null, next: null },
    ],
    countLeftOut: [(theirs, ours) => countLeftOut(theirs, ours.campaignId), []],
    listAdditions: [(theirs, ours) => listAdditions(theirs, ours.campaignId, 9), []],
  },
  "features/campaigns/recipients/next-of-source": {
    nextOfSource: [
      (theirs, { doneId }) => nextOfSource(theirs, { from: "import", runId: doneId, name: "zymurgy" }, start, 9),
      [],
    ],
  },
  "features/campaigns/recipients/take-off": {
    takeOff: [(theirs, ours) => takeOff(theirs, ours.campaignId, [ours.contactId]), notFound],
    takeBatch: [(theirs, all) => takeBatch(theirs, ours(all), [all.contactId]), []],
  },
  "features/campaigns/recipients/insert-recipients": {
    insertRecipients: [
      (theirs, { contactId, ...rest }) =>
        insertRecipients(theirs, rest, [person(contactId)]).then(
          () => "taken",
          () => "refused",
        ),
      "refused",
    ],
  },
  "features/campaigns/recipients/restore-listed": {
    restoreListed: [
      async (theirs, { campaignId, contactId, additionId }) => {
        const before = offTheList({ id: campaignId, name: "Zymurgy" }, additionId);
        const entry = { subjectKind: "recipient", subjectId: contactId, before, after: null };
        return (await restoreListed(theirs, [entry])).entries;
      },
      [],
    ],
  },
  "features/campaigns/recipients/undo-addition": {
    undoAddition: [(theirs, ours) => undoAddition(theirs, ours.campaignId, ours.additionId), notFound],
    continueUndoOfAddition: [(theirs, ours) => continueUndoOfAddition(theirs, ours.additionId, never), undefined],
  },
  "features/campaigns/recipients/forget-contacts": {
    forgetContacts: [(theirs, ours) => forgetContacts(theirs, [ours.contactId]), undefined],
  },
  "features/campaigns/recipients/give-codes": {
    giveCodes: [(theirs, ours) => giveCodes(theirs, ours.campaignId, [ours.contactId]), undefined],
    findByCode: [
      async (theirs, { campaignId, contactId }) => {
        await giveCodes(theirs, campaignId, [contactId]);
        return findByCode(theirs, await codeOfRecipient(theirs, { campaignId, contactId }));
      },
      null,
    ],
  },
  "features/campaigns/recipients/mark-delivery": {
    markDelivery: [
      (theirs, ours) => markDelivery(theirs, ours.campaignId, [ours.contactId], { mark: printed, from: ["none"] }),
      [],
    ],
  },
  "features/campaigns/recipients/open-campaigns": { listOpenCampaigns: [(theirs) => listOpenCampaigns(theirs), []] },
  "features/campaigns/recipients/record-delivery": {
    recordDelivery: [
      (theirs, { campaignId, contactId }) =>
        recordDelivery(theirs, { campaignId, contactIds: [contactId] }, { mark: printed, from: ["none"] }),
      notFound,
    ],
    restoreDeliveries: [
      async (theirs, { campaignId, contactId }) => {
        const state = { campaignId, campaignName: "Zymurgy", delivery: "none", note: null };
        const entry = { subjectKind: "delivery", subjectId: contactId, before: { ...state, delivery: "printed" } };
        return (await restoreDeliveries(theirs, [{ ...entry, after: state }])).entries;
      },
      [],
    ],
  },
  "features/campaigns/responses/find-recipient": {
    findRecipient: [(theirs, ours) => findRecipient(theirs, ours), null],
  },
  "features/campaigns/responses/find-answerers": {
    findAnswerers: [(theirs, { campaignId }) => findAnswerers(theirs, campaignId, [someLine]), something],
  },
  "features/campaigns/responses/record-many": {
    recordMany: [
      (theirs, { campaignId }) => recordMany(theirs, campaignId, [someLine], { answer: responded, adds: true }),
      notFound,
    ],
  },
  "features/campaigns/responses/record-response": {
    recordResponse: [(theirs, ours) => recordResponse(theirs, ours, converted), notFound],
    lockRecipient: [(theirs, ours) => lockRecipient(theirs, ours), undefined],
    serveResponse: [(theirs, ours) => serveResponse(theirs, ours), something],
  },
  "features/campaigns/responses/restore-responses": {
    restoreResponses: [
      async (theirs, { campaignId, contactId }) => {
        const state = { campaignId, campaignName: "Zymurgy", response: "pending" };
        const entry = { subjectKind: "response", subjectId: contactId, before: state };
        return (await restoreResponses(theirs, [{ ...entry, after: { ...state, responseId: newId() } }])).entries;
      },
      something,
    ],
  },
  "features/campaigns/start-campaign": {
    isCollecting: [(theirs, ours) => isCollecting(theirs, ours.campaignId), something],
    startCampaign: [(theirs, ours) => startCampaign(theirs, ours.campaignId), notFound],
    completeCampaign: [(theirs, ours) => completeCampaign(theirs, ours.campaignId), notFound],
    resumeCampaign: [(theirs, ours) => resumeCampaign(theirs, ours.campaignId), notFound],
  },
  "features/campaigns/recipients/write-to-executors": {
    writeToExecutors: [
      async (theirs, { contactId }) => (await writeToExecutors(theirs, "email", [estate(contactId)]))[0]?.writtenToId,
      something,
    ],
  },
  "features/contacts/list/list-in-order": {
    nextOfList: [(theirs) => nextOfList(theirs, "", start, 9), something],
  },
};
