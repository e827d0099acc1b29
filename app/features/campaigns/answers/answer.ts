/** What a recipient can answer on the page of their own link or code. Pure. */
import { type CampaignChannel, type WholeCampaign } from "~/features/campaigns/campaign";

export const choices = ["responded", "converted", "not-for-me", "wrong-person", "unsubscribe"] as const;
export type Choice = (typeof choices)[number];

/** In characters. */
export const LONGEST_NOTE = 1_000;

export function isChoice(text: string | null): text is Choice {
  return choices.some((choice) => choice === text);
}

type Words = Pick<WholeCampaign, "respondedWords" | "convertedWords">;

/** What a campaign that has no words of its own says. */
const INTERESTED = "I am interested";

/** As the page calls each choice; null: this campaign does not offer it. */
export function choiceLabel(choice: Choice, { respondedWords, convertedWords }: Words): string | null {
  switch (choice) {
    case "responded":
      return respondedWords ?? (convertedWords === null ? INTERESTED : null);
    case "converted":
      return convertedWords;
    case "not-for-me":
      return "Not interested";
    case "wrong-person":
      return "This was not meant for me";
    case "unsubscribe":
      return "Unsubscribe";
  }
}

/** What nobody gets any more who unsubscribed. */
export const sparedOf: Record<CampaignChannel, string> = { email: "emails", phone: "calls", letter: "letters" };

/** Enough to know one's own address by, and too little to learn another's: "f•••@o•••.example". */
export function maskedEmail(address: string): string {
  const [local = "", domain = ""] = address.split(/@(?=[^@]*$)/);
  const [name = "", ...rest] = domain.split(".");
  const first = (text: string) => `${Array.from(text)[0] ?? ""}•••`;
  return `${first(local)}@${[first(name), ...rest.slice(-1)].join(".")}`;
}
