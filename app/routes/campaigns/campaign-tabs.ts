/** The parts of a campaign's list, as tabs over it. */
import { recipientCount, responseNames, responses, type WholeCampaign } from "~/features/campaigns/campaign";
import { type LeftOutCount } from "~/features/campaigns/recipients/list-recipients.server";

export type Shows = "all" | "left-out" | (typeof responses)[number];

export function readShows(text: string | null): Shows {
  return text === "left-out" ? text : (responses.find((each) => each === text) ?? "all");
}

interface Tabs {
  here: string;
  shows: Shows;
  leftOut: readonly LeftOutCount[];
  locale: string;
}

/** Each counts what it lists. Who answered though they are left out is among the answers and among those left out. */
export function tabsOf(campaign: WholeCampaign, { here, shows, leftOut: reasons, locale }: Tabs) {
  const written = recipientCount(campaign);
  const { responded, converted, notInterested, leftOut } = campaign;
  const answeredLeftOut = reasons.reduce((sum, { answered }) => sum + answered, 0);
  const tab = (show: Shows, label: string, count: number) => ({
    href: show === "all" ? here : `${here}?show=${show}`,
    label,
    current: shows === show,
    count: count.toLocaleString(locale),
  });
  return [
    tab("all", "All", written),
    tab("pending", responseNames.pending, written + answeredLeftOut - responded - notInterested),
    tab("responded", responseNames.responded, responded - converted),
    tab("converted", responseNames.converted, converted),
    tab("not-interested", responseNames["not-interested"], notInterested),
    tab("left-out", "Left out", leftOut),
  ];
}
