export interface PaginationProps {
  /** Place of the first and last row shown, from 1. */
  from: number;
  to: number;
  total: number;
  /** Counting stopped at `total`: there are more. */
  capped?: boolean;
  previousHref?: string;
  nextHref?: string;
  /** BCP 47: how the reader writes numbers. */
  locale: string;
}

/** The foot of a list: "1–50 of 10,000+", previous and next. */
export function Pagination({ previousHref, nextHref, ...range }: PaginationProps) {
  return (
    <div className="foot">
      <span>{rangeText(range)}</span>
      {previousHref || nextHref ? (
        <nav aria-label="Pages">
          {previousHref ? (
            <a href={previousHref} rel="prev">
              ← Previous
            </a>
          ) : null}
          {nextHref ? (
            <a href={nextHref} rel="next">
              Next →
            </a>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}

/** "1–50 of 10,000+", "1 of 1", "Nothing to show". */
export function rangeText({ from, to, total, capped, locale }: PaginationProps): string {
  if (to < from || to === 0) return "Nothing to show";
  const number = (value: number) => formatCount(value, { locale });
  const range = from === to ? number(from) : `${number(from)}–${number(to)}`;
  return `${range} of ${formatCount(total, { capped, locale })}`;
}

/** A count in the reader's figures, with a plus where counting stopped. */
export function formatCount(count: number, { capped, locale }: { capped?: boolean; locale: string }) {
  return `${count.toLocaleString(locale)}${capped ? "+" : ""}`;
}
