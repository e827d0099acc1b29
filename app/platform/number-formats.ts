/** Formats of numbers, made once for each locale: making one takes longer than a page's worth of formatting. */

const kinds = {
  /** "24 %" */
  percent: { style: "percent", maximumFractionDigits: 0 },
  /** "24.3 %" */
  percentTenths: { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 },
  /** "4.67" */
  hundredths: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const formats = new Map<string, Intl.NumberFormat>();

export function numberFormat(kind: keyof typeof kinds, locale: string): Intl.NumberFormat {
  const key = `${kind}|${locale}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, kinds[kind]);
  if (formats.size < 500) formats.set(key, made);
  return made;
}
