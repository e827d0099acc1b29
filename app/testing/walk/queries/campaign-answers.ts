import { answerCampaign, unsubscribe } from "~/features/campaigns/answers/answer-campaign.server";
import { findAnswering } from "~/features/campaigns/answers/find-answering.server";
import { hasCodes } from "~/features/campaigns/answers/has-codes.server";
import { type Judged } from "~/features/campaigns/recipients/judged";
import { leaveOutPaused } from "~/features/campaigns/recipients/leave-out-paused.server";
import { findMailed, isOfContact } from "~/features/campaigns/mailing/find-mailed.server";
import { holdCampaigns, holdEmails, holdMailed } from "~/features/campaigns/mailing/hold-mailed.server";
import { mailedAddress } from "~/features/campaigns/mailing/mailed-address.server";
import { receiveWebhook } from "~/features/campaigns/mailing/receive-webhook.server";
import { takeOutcome } from "~/features/campaigns/mailing/take-outcome.server";
import { takeReports } from "~/features/campaigns/mailing/take-reports.server";
import { findWebhook, listWebhooks, removeWebhook, saveWebhook } from "~/features/campaigns/mailing/webhooks.server";
import { SUPPRESSED } from "~/testing/walk/examples";
import { notFound, type QueryTable, something } from "~/testing/walk/query-shape";

const converted = { choice: "converted", note: "Zymurgy", how: "link" } as const;

const nothing = { body: "", header: () => null };
const ways = { fetchCertificate: () => Promise.reject(new Error("Nobody is asked")) };
const failed = {
  ...{ kind: "failed" as const, recipient: null, action: null, status: "5.1.1", diagnostic: null },
  ...{ isHard: true, at: null },
};

const judged: Judged = {
  ...{ contactId: "", nameKey: "zymurgy", leftOut: null, writtenToId: null, addressKey: null },
  ...{ kind: "individual", familyName: null },
};

export const campaignAnswerQueries: QueryTable = {
  "features/campaigns/answers/answer-campaign": {
    answerCampaign: [(theirs, ours) => answerCampaign(theirs, ours, converted), notFound],
    unsubscribe: [(theirs, ours) => unsubscribe(theirs, ours), notFound],
  },
  "features/campaigns/answers/has-codes": {
    hasCodes: [hasCodes, something],
  },
  "features/campaigns/recipients/leave-out-paused": {
    leaveOutPaused: [
      async (theirs, { campaignId, contactId }) =>
        (await leaveOutPaused(theirs, campaignId, [{ ...judged, contactId }]))[0]?.leftOut,
      something,
    ],
  },
  // The example is a draft; of what was sent see mail-webhook.test.ts.
  "features/campaigns/mailing/find-mailed": {
    findMailed: [
      (theirs, { campaignId, contactId }) =>
        findMailed(theirs, { messageId: `${campaignId}.${contactId}@post.example`, recipient: SUPPRESSED }),
      something,
    ],
    isOfContact: [(theirs) => isOfContact(theirs, SUPPRESSED), something],
  },
  "features/campaigns/mailing/hold-mailed": {
    holdMailed: [
      (theirs, { campaignId, contactId }) =>
        holdMailed(theirs, [{ ...failed, messageId: `${campaignId}.${contactId}@post.example` }]),
      undefined,
    ],
    holdCampaigns: [(theirs, ours) => holdCampaigns(theirs, [ours.campaignId]), undefined],
    holdEmails: [(theirs) => holdEmails(theirs, ["folasade@orchard.example"]), undefined],
  },
  "features/campaigns/mailing/mailed-address": {
    mailedAddress: [(theirs, ours) => mailedAddress(theirs, ours.contactId, null), something],
  },
  "features/campaigns/mailing/receive-webhook": {
    receiveWebhook: [
      (theirs, ours) => receiveWebhook(theirs, { kind: "hmac", id: ours.contactId }, { message: nothing, ways }),
      something,
    ],
  },
  "features/campaigns/mailing/take-outcome": {
    takeOutcome: [
      (theirs, { campaignId, contactId }) =>
        takeOutcome(theirs, { ...failed, messageId: `${campaignId}.${contactId}@post.example` }, null),
      something,
    ],
  },
  "features/campaigns/mailing/take-reports": {
    takeReports: [(theirs) => takeReports(theirs, [{ name: "a", source: Buffer.from("b") }]), something],
  },
  "features/campaigns/mailing/webhooks": {
    findWebhook: [(theirs) => findWebhook(theirs, "hmac"), something],
    listWebhooks: [listWebhooks, something],
    saveWebhook: [(theirs) => saveWebhook(theirs, "hmac", ""), something],
    removeWebhook: [(theirs) => removeWebhook(theirs, "hmac"), something],
  },
  "features/campaigns/answers/find-answering": {
    findAnswering: [(theirs, ours) => findAnswering(theirs, ours), null],
  },
};
