import { findCalled } from "~/features/campaigns/call-desk/find-called.server";
import { countCalls, countToCall, listWaiting } from "~/features/campaigns/call-desk/list-desk.server";
import { leaveContact, nextContact, takeContact } from "~/features/campaigns/call-desk/next-contact.server";
import { recordCall } from "~/features/campaigns/call-desk/record-call.server";
import { restoreCalls } from "~/features/campaigns/call-desk/restore-calls.server";
import { lastCall, lockCalled, serveCalls } from "~/features/campaigns/call-desk/serve-calls.server";
import { whyNotCalled } from "~/features/campaigns/call-desk/why-not-called.server";
import { newId } from "~/platform/ids.server";
import { notFound, type Ours, type QueryTable, something } from "~/testing/walk/query-shape";

const who = ({ callsId, contactId }: Ours) => ({ campaignId: callsId, contactId });
const call = { note: "Zymurgy", valueMinor: null, callBackAt: null, wrongNumber: null, after: null };

export const callDeskQueries: QueryTable = {
  "features/campaigns/call-desk/find-called": {
    findCalled: [(theirs, ours) => findCalled(theirs, who(ours)), null],
  },
  "features/campaigns/call-desk/list-desk": {
    countToCall: [
      (theirs, ours) => countToCall(theirs, ours.callsId),
      { fresh: 0, again: 0, againNow: 0, callBacks: 0, callBacksDue: 0, givenUp: 0 },
    ],
    listWaiting: [
      async (theirs, ours) => {
        await takeContact(theirs, who(ours));
        return listWaiting(theirs, ours.callsId);
      },
      [],
    ],
    countCalls: [
      async (theirs, ours) => {
        await recordCall(theirs, who(ours), { outcome: "no-answer", ...call });
        return countCalls(theirs, ours.callsId);
      },
      [],
    ],
  },
  "features/campaigns/call-desk/next-contact": {
    nextContact: [(theirs, ours) => nextContact(theirs, ours.callsId), { ...notFound, leftOut: 0 }],
    takeContact: [(theirs, ours) => takeContact(theirs, who(ours)), notFound],
    leaveContact: [
      async (theirs, ours) => {
        await takeContact(theirs, who(ours));
        return leaveContact(theirs, who(ours));
      },
      false,
    ],
  },
  "features/campaigns/call-desk/record-call": {
    recordCall: [(theirs, ours) => recordCall(theirs, who(ours), { outcome: "no-answer", ...call }), notFound],
  },
  "features/campaigns/call-desk/restore-calls": {
    restoreCalls: [
      async (theirs, { callsId, contactId }) => {
        const state = { campaignId: callsId, campaignName: "Zymurgy", words: "No answer" };
        const entry = { subjectKind: "call", subjectId: contactId, before: state };
        return (await restoreCalls(theirs, [{ ...entry, after: { ...state, callId: newId() } }])).entries;
      },
      something,
    ],
  },
  "features/campaigns/call-desk/serve-calls": {
    lockCalled: [(theirs, ours) => lockCalled(theirs, who(ours)), undefined],
    lastCall: [(theirs, ours) => lastCall(theirs, who(ours)), undefined],
    serveCalls: [(theirs, ours) => serveCalls(theirs, who(ours), { keepsReservation: false }), something],
  },
  "features/campaigns/call-desk/why-not-called": {
    whyNotCalled: [(theirs, ours) => whyNotCalled(theirs, who(ours)), "archived"],
  },
};
