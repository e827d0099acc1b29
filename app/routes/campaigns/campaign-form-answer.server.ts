/** Beside which field, and in which words, a campaign's form is refused. */
import { type SaveRefusal } from "~/features/campaigns/save-campaign.server";

type Refused = Exclude<SaveRefusal["reason"], "not-found">;

const refusals: Record<Refused, { at: string; message: string }> = {
  "no-such-owner": { at: "ownerId", message: "They are no member any more. Choose somebody else." },
  "changed-since": {
    at: "",
    message:
      "Somebody saved this campaign while you had it open. What you typed stands below; open the campaign in another tab to see theirs, then save again there.",
  },
  "channel-is-fixed": { at: "channel", message: "It has begun: how it reaches people cannot be changed any more." },
};

export function campaignRefusal(reason: Refused): Record<string, string[]> {
  const { at, message } = refusals[reason];
  return { [at]: [message] };
}
