/** Beside which field, and in which words, a campaign's form is refused; and what its text can be filled with. */
import { type SaveRefusal } from "~/features/campaigns/save-campaign.server";
import { mergeFields } from "~/features/campaigns/text/merge-fields";
import { type OfferedField } from "~/features/campaigns/text/offered-fields";
import { inUse } from "~/features/contacts/custom/custom-field";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { type Scope } from "~/platform/scope.server";

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

export async function offeredFields(scope: Scope): Promise<OfferedField[]> {
  const { fields } = mergeFields(inUse(await customFields(scope)), { withLinks: true });
  return fields.map(({ name, hint }) => ({ name, hint }));
}
