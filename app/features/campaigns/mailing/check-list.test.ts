/** What stands before sending of whether and how people can answer. */
import { describe, expect, test } from "vitest";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { type CampaignFacts } from "~/features/campaigns/campaign-form";
import { readLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { checkList, maySend } from "~/features/campaigns/mailing/check-list";
import { databases } from "~/testing/databases";
import { given } from "~/testing/given";
import { plan } from "~/testing/given-campaigns";

const survey = { waiting: 3, since: { noAddress: 0, optedOut: 0, suppressed: 0, gone: 0 }, blank: [] };

describe.each(databases)("the check list before sending, on %s", (database) => {
  test.each([
    ["no words and no link", {}, "mind", "Nobody can answer by this mail"],
    ["words of its own", { convertedWords: "I book the review" }, "fine", "as links below your text"],
    ["a link in its text", { body: "Tell us: {{response link}}" }, "fine", "By the link in your text"],
  ] as const)(
    "says of a mail with %s how it is answered, and keeps nobody from sending it",
    async (_, facts, state, sentence) => {
      const { scope } = await given.twoAccounts(database);
      const written: Partial<CampaignFacts> = { subject: "Your review", body: "Is everything as it was?", ...facts };
      const campaign = await findCampaign(scope, await plan(scope, "email", written));
      if (!campaign) throw new Error("The campaign is not there");
      const letter = await readLetter(scope, campaign);
      const checks = checkList({ campaign, letter, survey, blankPeople: [], sender: [], locale: "en-GB" });
      const answer = checks.find(({ key }) => key === "answer");
      expect(answer).toMatchObject({ state, sentence: expect.stringContaining(sentence) as string });
      expect(maySend(checks)).toBe(true);
    },
  );
});
