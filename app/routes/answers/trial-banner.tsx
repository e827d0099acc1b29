import { Banner } from "~/ui/banner";

/** For whoever tries a campaign out. */
export function TrialBanner() {
  return <Banner tone="warn">This is a trial: nothing that is answered here is recorded.</Banner>;
}
