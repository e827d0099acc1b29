import { type ContinuedRun } from "~/features/pipeline/corrections/corrections.server";
import { formatDate, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";

/** Says before the start whose refused rows a file corrects, and by what it goes. */
export function CorrectionBanner({ base, place, first }: { base: string; place: Place; first: ContinuedRun }) {
  return (
    <Banner tone="good" undo={{ href: `${base}/imports/${first.id}`, label: "See that import" }}>
      These are refused rows of “{first.fileName}” of {formatDate(place, first.at)}, corrected. They go by the columns
      and settings of that import. Each is taken once: what was corrected before is left out. Rows that were not among
      the refused ones are set aside, with the reason.
    </Banner>
  );
}
