/** What the history keeps of a contact that was on a campaign's list, or was taken off it. */

export interface Listed {
  campaignId: string;
  campaignName: string;
  /** With what they came onto it. */
  additionId: string;
  isListed: boolean;
  /** As a contact's history says it. */
  words: string;
  /** It goes into entries as it is. */
  [name: string]: string | boolean;
}

interface Campaign {
  id: string;
  name: string;
}

export function onTheList({ id, name }: Campaign, additionId: string): Listed {
  return { campaignId: id, campaignName: name, additionId, isListed: true, words: "on its list" };
}

export function offTheList(campaign: Campaign, additionId: string): Listed {
  return { ...onTheList(campaign, additionId), isListed: false, words: "taken off its list" };
}
