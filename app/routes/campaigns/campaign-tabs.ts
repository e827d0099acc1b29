/** The parts of a campaign's list, as tabs over it. */
import { recipientCount, responseNames, type WholeCampaign } from "~/features/campaigns/campaign";
import { type ListAddress, listQuery, type Shows } from "~/features/campaigns/recipients/list-address";
import { type LeftOutCount } from "~/features/campaigns/recipients/list-recipients.server";

interface Tabs {
  here: string;
  address: ListAddress;
  leftOut: readonly LeftOutCount[];
  locale: string;
}

/** Each counts what it lists. Who answered though they are left out is among the answers and among those left out. */
export function tabsOf(campaign: WholeCampaign, { here, address, leftOut: reasons, locale }: Tabs) {
  const written = recipientCount(campaign);
  const { responded, converted, notInterested, leftOut } = campaign;
  const answeredLeftOut = reasons.reduce((sum, { answered }) => sum + answered, 0);
  const tab = (show: Shows, label: string, count: number) => ({
    // What is looked for is looked for in each of them.
    href: `${here}${listQuery({ ...address, shows: show, cursor: null })}`,
    label,
    current: address.shows === show,
    count: count.toLocaleString(locale),
    rows: count,
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
