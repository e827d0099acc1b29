/** Where clocks go differently within one country. */
export interface CountryZones {
  /** A postcode's leading figures or letters, from the longest to the shortest: `"324-325"` is a range of prefixes. */
  byPostcode: Record<string, string>;
  /** Folded names and codes of regions. */
  byRegion: Record<string, string>;
  /** Where neither says anything; null: then nobody knows. */
  otherwise: string | null;
}

/** Zones with what lies in each, turned round: a word or prefix, and its zone. */
export function by(table: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([zone, keys]) => keys.split(",").map((key) => [key.trim(), zone])),
  );
}
