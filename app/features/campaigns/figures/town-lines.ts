import { type CampaignFigures } from "~/features/campaigns/figures/read-figures.server";

/** Those of the most, who lives elsewhere, of whom no town is known; `town`: null where no filter finds them. */
export function townLines({ towns, elsewhere }: Pick<CampaignFigures, "towns" | "elsewhere">) {
  const named = ({ key, name, ...counts }: (typeof towns)[number]) => ({
    ...{ key: key ?? "-", town: key ?? "", name: name ?? "No town known" },
    ...counts,
  });
  return [
    ...towns.filter(({ key }) => key !== null).map(named),
    ...(elsewhere ? [{ key: "elsewhere", town: null, name: "All other towns", ...elsewhere }] : []),
    ...towns.filter(({ key }) => key === null).map(named),
  ];
}
