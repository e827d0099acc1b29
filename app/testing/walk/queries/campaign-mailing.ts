import { type WholeCampaign } from "~/features/campaigns/campaign";
import { askToSend } from "~/features/campaigns/mailing/ask-to-send.server";
import {
  beginSending,
  countAsDelivered,
  pauseSending,
  sendAgainTo,
} from "~/features/campaigns/mailing/begin-sending.server";
import { linksOf, linksOfNobody, readLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { claimMails } from "~/features/campaigns/mailing/claim-mails.server";
import { findReader } from "~/features/campaigns/mailing/find-reader.server";
import { judgeList, judgePage } from "~/features/campaigns/mailing/judge-list.server";
import { judgeNow, leaveOut } from "~/features/campaigns/mailing/judge-now.server";
import { listUnknown } from "~/features/campaigns/mailing/list-unknown.server";
import { mailPeople, readersOf } from "~/features/campaigns/mailing/mail-people.server";
import { usualMailing } from "~/features/campaigns/mailing/mailing";
import { lockMailing, writeMailing } from "~/features/campaigns/mailing/mailing-row.server";
import { giveUpClaims, markMails } from "~/features/campaigns/mailing/mark-mails.server";
import { pauseMailing } from "~/features/campaigns/mailing/pause-mailing.server";
import { saveMailing } from "~/features/campaigns/mailing/save-mailing.server";
import { sendCampaign } from "~/features/campaigns/mailing/send-campaign.server";
import { sendTest } from "~/features/campaigns/mailing/send-test.server";
import { emptiestPeople, surveyList } from "~/features/campaigns/mailing/survey-list.server";
import { backOff, comeBack, stopMailing, takeUp } from "~/features/campaigns/mailing/take-up.server";
import { tellEnd } from "~/features/campaigns/mailing/tell-end.server";
import { newId } from "~/platform/ids.server";
import { notFound, type QueryTable, something, throws } from "~/testing/walk/query-shape";

const { signal } = new AbortController();
const appOrigin = "https://ledger.brandt.example";
const env = { appOrigin, mail: null };
const facts = { firmName: "Zymurgy", senderName: null, campaignName: "Zymurgy", fields: [], locale: "en-GB" };
const settings = {
  server: { host: "127.0.0.1", port: 9, secure: false, requireTls: false, auth: null },
  from: { name: "", address: "ledger@brandt.example" },
};
const springReview = {
  ...{ id: newId(), name: "Spring review", subject: "Your review", body: "Is all as it was?", ownerName: null },
  ...{ respondedWords: null, convertedWords: null, mailing: usualMailing },
} as unknown as WholeCampaign;
const failure = { problem: "The mail server cannot be reached", needsMending: false };

// The example is a draft that nobody sends, and its contact is left out: of most it is looked for only that nothing gets out.
export const campaignMailingQueries: QueryTable = {
  "features/campaigns/mailing/ask-to-send": {
    askToSend: [(theirs, ours) => askToSend(theirs, ours.campaignId), undefined],
  },
  "features/campaigns/mailing/begin-sending": {
    beginSending: [(theirs, ours) => beginSending(theirs, ours.campaignId), notFound],
    pauseSending: [(theirs, ours) => pauseSending(theirs, ours.campaignId), notFound],
    countAsDelivered: [
      (theirs, { campaignId, contactId }) => countAsDelivered(theirs, { campaignId, contactIds: [contactId] }),
      notFound,
    ],
    sendAgainTo: [
      (theirs, { campaignId, contactId }) => sendAgainTo(theirs, { campaignId, contactIds: [contactId] }),
      notFound,
    ],
  },
  "features/campaigns/mailing/campaign-letter": {
    readLetter: [async (theirs) => (await readLetter(theirs, springReview)).campaignId, something],
    linksOf: [(theirs, { campaignId, contactId }) => linksOf(theirs, appOrigin, { campaignId, contactId }), something],
    linksOfNobody: [(theirs, ours) => linksOfNobody(theirs, appOrigin, ours.campaignId), something],
  },
  "features/campaigns/mailing/claim-mails": {
    claimMails: [(theirs, ours) => claimMails(theirs, ours.campaignId, { runId: newId(), facts, most: 9 }), something],
  },
  "features/campaigns/mailing/find-reader": {
    findReader: [(theirs, ours) => findReader(theirs, ours.campaignId, { which: "first", facts }), something],
  },
  "features/campaigns/mailing/judge-list": {
    judgeList: [(theirs, ours) => judgeList(theirs, ours.campaignId, signal), undefined],
    judgePage: [(theirs, ours) => judgePage(theirs, ours.campaignId), something],
  },
  "features/campaigns/mailing/judge-now": {
    judgeNow: [(theirs, ours) => judgeNow(theirs, ours.campaignId, [ours.contactId]), undefined],
    leaveOut: [(theirs, ours) => leaveOut(theirs, ours.campaignId, [ours.contactId], "archived"), undefined],
  },
  "features/campaigns/mailing/list-unknown": {
    listUnknown: [(theirs, ours) => listUnknown(theirs, ours.campaignId), something],
  },
  "features/campaigns/mailing/mail-people": {
    readersOf: [(theirs, ours) => readersOf(theirs, ours.campaignId).select("reader.name").execute(), something],
    mailPeople: [
      (theirs, { campaignId, contactId }) => mailPeople(theirs, campaignId, { contactIds: [contactId], facts }),
      something,
    ],
  },
  "features/campaigns/mailing/mailing-row": {
    // It would be a row of theirs for a campaign that is not there.
    lockMailing: [(theirs, ours) => lockMailing(theirs, ours.campaignId), throws],
    writeMailing: [(theirs, ours) => writeMailing(theirs, ours.campaignId, { state: "done" }), undefined],
  },
  "features/campaigns/mailing/mark-mails": {
    markMails: [
      (theirs, { campaignId, contactId }) => {
        const person = { contactId, name: "Zymurgy", email: "a@orchard.example", timeZone: null, tries: 0, values: {} };
        return markMails(theirs, campaignId, new Map([[person, { kind: "accepted" as const }]]));
      },
      something,
    ],
    giveUpClaims: [(theirs, ours) => giveUpClaims(theirs, ours.campaignId), something],
  },
  "features/campaigns/mailing/pause-mailing": {
    pauseMailing: [(theirs, ours) => pauseMailing(theirs, ours.campaignId), undefined],
  },
  "features/campaigns/mailing/save-mailing": {
    saveMailing: [(theirs, ours) => saveMailing(theirs, ours.campaignId, usualMailing), notFound],
  },
  "features/campaigns/mailing/send-campaign": {
    sendCampaign: [(theirs, ours) => sendCampaign(theirs, ours.campaignId, { env, signal }), undefined],
  },
  "features/campaigns/mailing/send-test": {
    sendTest: [
      (theirs, { campaignId }) =>
        sendTest(
          theirs,
          { ...springReview, id: campaignId },
          { to: "a@orchard.example", which: "first", settings, appOrigin },
        ),
      something,
    ],
  },
  "features/campaigns/mailing/survey-list": {
    surveyList: [(theirs, ours) => surveyList(theirs, ours.campaignId, ["firstName"]), something],
    emptiestPeople: [
      (theirs, ours) => emptiestPeople(theirs, ours.campaignId, { fields: ["company"], limit: 9 }),
      something,
    ],
  },
  "features/campaigns/mailing/take-up": {
    takeUp: [(theirs, ours) => takeUp(theirs, ours.campaignId), something],
    comeBack: [(theirs, ours) => comeBack(theirs, ours.campaignId, theirs.clock.now()), undefined],
    backOff: [(theirs, ours) => backOff(theirs, ours.campaignId, failure), undefined],
    stopMailing: [(theirs, ours) => stopMailing(theirs, ours.campaignId, "Zymurgy"), undefined],
  },
  "features/campaigns/mailing/tell-end": {
    tellEnd: [(theirs, ours) => tellEnd(theirs, ours.campaignId, { state: "done", askedBy: null }), undefined],
  },
};
