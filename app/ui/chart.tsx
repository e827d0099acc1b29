import { type ReactNode } from "react";

/**
 * Small charts as SVG in the page: drawn with the page's own colours, so that they follow its scheme and print in black
 * and white; told apart by filling and outline, too. Their words stand beside them in HTML, where they can grow.
 */

/** `strong`: what counts most. `warn` and `bad`: what needs attention and what failed, in the colours of those states. */
export type Tone = "strong" | "middle" | "weak" | "plain" | "warn" | "bad";

/** How much of a whole, beside the number that says so. 0 to 1. */
export function ShareBar({ share, tone = "strong" }: { share: number; tone?: Tone }) {
  return (
    <svg className="chart-share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden focusable="false">
      <rect className="chart-ground" width="100" height="8" />
      <rect className={`chart-${tone}`} width={percent(share)} height="8" />
    </svg>
  );
}

/** A share and between what the true one lies, on a line from 0 to `most`; beside the numbers that say so. */
export function IntervalBar({ low, share, high, most }: { low: number; share: number; high: number; most: number }) {
  const at = (value: number) => percent(most > 0 ? value / most : 0);
  return (
    <svg className="chart-interval" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden focusable="false">
      <rect className="chart-ground" y="5" width="100" height="2" />
      <rect className="chart-span" x={at(low)} y="3" width={at(high - low)} height="6" />
      <rect className="chart-strong" x={Math.min(98.5, at(share))} width="1.5" height="12" />
    </svg>
  );
}

export interface StackedBar {
  key: string;
  /** "4 May 2026: 3 converted", for whoever points at it. */
  title: string;
  /** From the bottom up, one for each of `series`. */
  values: number[];
}

interface StackedBarsProps {
  /** What it shows, in a sentence, for those who do not see it. */
  label: string;
  /** From the bottom up. */
  series: { label: string; tone: Tone }[];
  bars: StackedBar[];
  /** Under the first and the last bar. */
  first: string;
  last: string;
  /** At the top: the highest bar's number. */
  most: number;
  mostText: string;
  /** The finding, in words. */
  caption: ReactNode;
  /** The same numbers as a table. */
  children: ReactNode;
}

const HEIGHT = 100;
const STEP = 10;
const WIDTH = 8;
/** Fewer bars than this do not fill the width: they would look like blocks. */
const MANY = 12;

/** Columns of parts over time, with their table. */
export function StackedBars({ label, series, bars, first, last, most, mostText, caption, children }: StackedBarsProps) {
  return (
    <figure className="chart">
      <figcaption>{caption}</figcaption>
      <ul className="chart-key">
        {series.map((one) => (
          <li key={one.tone}>
            <svg viewBox="0 0 12 12" aria-hidden focusable="false">
              <rect className={`chart-${one.tone}`} x="1" y="1" width="10" height="10" />
            </svg>
            {one.label}
          </li>
        ))}
      </ul>
      <p className="chart-most" aria-hidden>
        {mostText}
      </p>
      <svg
        className="chart-bars"
        viewBox={`0 0 ${Math.max(MANY, bars.length) * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        focusable="false"
      >
        {bars.map((bar, place) => (
          <g key={bar.key}>
            <title>{bar.title}</title>
            {stack(bar.values, most).map(({ y, height }, part) =>
              height > 0 ? (
                <rect
                  key={part}
                  className={`chart-${series[part]?.tone ?? "plain"}`}
                  x={place * STEP + 1}
                  y={y}
                  width={WIDTH}
                  height={height}
                />
              ) : null,
            )}
          </g>
        ))}
      </svg>
      <p className="chart-ends" aria-hidden>
        {bars.length < MANY ? (
          <span>{first === last ? first : `${first} – ${last}`}</span>
        ) : (
          <>
            <span>{first}</span>
            <span>{last}</span>
          </>
        )}
      </p>
      <details className="chart-table">
        <summary>As a table</summary>
        {children}
      </details>
    </figure>
  );
}

function stack(values: readonly number[], most: number) {
  let below = 0;
  return values.map((value) => {
    const height = most > 0 ? round((value / most) * HEIGHT) : 0;
    below += height;
    return { y: round(HEIGHT - below), height };
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
const percent = (share: number) => round(Math.min(1, Math.max(0, share)) * 100);
