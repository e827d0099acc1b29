/** How contacts stand to one another. A relationship is stored once and read in both directions. */

export interface Readings {
  /** From the first contact to the second: "works for". */
  reads: string;
  /** From the second to the first: "employs". The same words where both stand alike. */
  readsBack: string;
}

export const relationshipTypes = {
  "works-for": { reads: "works for", readsBack: "employs" },
  owns: { reads: "owns", readsBack: "is owned by" },
  manages: { reads: "manages", readsBack: "is managed by" },
  "related-to": { reads: "is related to", readsBack: "is related to" },
  "married-to": { reads: "is married to", readsBack: "is married to" },
  "executor-of": { reads: "is executor of", readsBack: "has as executor" },
  "attorney-for": { reads: "is attorney for", readsBack: "has as attorney" },
  "heir-of": { reads: "is heir of", readsBack: "has as heir" },
  "estate-of": { reads: "is the estate of", readsBack: "has as estate" },
} as const satisfies Record<string, Readings>;

export type RelationshipTypeId = keyof typeof relationshipTypes;

/** Who acts for whom: these may not come round in a circle. */
export const actingTypes: readonly string[] = ["executor-of", "attorney-for"] satisfies RelationshipTypeId[];

export function isRelationshipType(text: string): text is RelationshipTypeId {
  return Object.hasOwn(relationshipTypes, text);
}

/** Whether it reads alike in both directions. */
export function isMutual({ reads, readsBack }: Readings): boolean {
  return reads === readsBack;
}

/** A type of the account's own, beside those that are built in. */
export interface OwnType extends Readings {
  id: string;
}

/** A type and the direction in which it is read, as one choice of a form: `works-for` or `works-for:back`. */
export interface Reading {
  type: string;
  back: boolean;
}

/** `own`: the readings of a type that is not built in. */
export function readingWords(type: string, back: boolean, own: Readings | null = null): string {
  const readings = isRelationshipType(type) ? relationshipTypes[type] : own;
  // Seen only where somebody took the type away behind our back.
  if (!readings) return "stands in a relationship with";
  return back ? readings.readsBack : readings.reads;
}

const builtIn: readonly OwnType[] = Object.entries(relationshipTypes).map(([id, readings]) => ({ id, ...readings }));

/** Every way one contact can stand to another, in words. */
export function readingChoices(ownTypes: readonly OwnType[]): { value: string; label: string }[] {
  return [...builtIn, ...ownTypes].flatMap((type) => {
    const forth = { value: type.id, label: type.reads };
    return isMutual(type) ? [forth] : [forth, { value: `${type.id}:back`, label: type.readsBack }];
  });
}

const ownIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Null for what no form of ours sends. Whether an own type is there its command sees. */
export function parseReading(text: string): Reading | null {
  const [type = "", direction, ...rest] = text.split(":");
  if (rest.length > 0 || (direction !== undefined && direction !== "back")) return null;
  if (isRelationshipType(type)) return { type, back: direction === "back" && !isMutual(relationshipTypes[type]) };
  return ownIdPattern.test(type) ? { type, back: direction === "back" } : null;
}

/** The choice of a form that stands for a relationship as one of the two reads it. */
export function readingValue({ type, back }: Reading, choices: readonly { value: string }[]): string {
  const value = back ? `${type}:back` : type;
  // What reads alike both ways is offered once.
  return choices.some((choice) => choice.value === value) ? value : type;
}

/** Plain dates, both included; null: not known, or still so. */
export interface Period {
  since: string | null;
  until: string | null;
}

/** Whether two periods have a day in common. */
export function overlap(one: Period, other: Period): boolean {
  const begins = (a: Period, b: Period) => a.since === null || b.until === null || a.since <= b.until;
  return begins(one, other) && begins(other, one);
}

export function hasEnded({ until }: Pick<Period, "until">, today: string): boolean {
  return until !== null && until < today;
}
