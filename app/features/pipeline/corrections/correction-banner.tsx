import { type ContinuedRun } from "~/features/pipeline/corrections/corrections.server";
import { formatDate, type Place } from "~/platform/time";
import { Banner } from "~/ui/banner";

interface CorrectionBannerProps {
  base: string;
  place: Place;
  first: ContinuedRun;
  /** How many rows of the file are none of the refused ones; null: that is not known yet. */
  withoutKey: number | null;
}

/** Says before the start whose refused rows a file corrects, by what it goes, and what it does not take. */
export function CorrectionBanner({ base, place, first, withoutKey }: CorrectionBannerProps) {
  return (
    <>
      <Banner tone="good" undo={{ href: `${base}/imports/${first.id}`, label: "See that import" }}>
        These are refused rows of “{first.fileName}” of {formatDate(place, first.at)}, corrected. They go by the columns
        and settings of that import. Each is taken once: what was corrected before is left out.
      </Banner>
      {withoutKey ? <WithoutKey count={withoutKey} locale={place.locale} /> : null}
    </>
  );
}

function WithoutKey({ count, locale }: { count: number; locale: string }) {
  const [rows, they] =
    count === 1 ? ["1 row of this file is", "It"] : [`${count.toLocaleString(locale)} rows of this file are`, "They"];
  return (
    <Banner tone="warn">
      {rows} new here, without a key in the column “Tallybook row”. {they} will not come in with the corrected rows. To
      bring {count === 1 ? "it" : "them"} in, put {count === 1 ? "it" : "them"} into a file of{" "}
      {count === 1 ? "its" : "their"} own, without that column, and import that.
    </Banner>
  );
}
