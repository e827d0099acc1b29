/** How contacts stand to one another. A relationship is stored once and read in both directions. */

interface RelationshipType {
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
} as const satisfies Record<string, RelationshipType>;

export type RelationshipTypeId = keyof typeof relationshipTypes;

export function isRelationshipType(text: string): text is RelationshipTypeId {
  return Object.hasOwn(relationshipTypes, text);
}

/** Whether it reads alike in both directions. */
export function isMutual(type: RelationshipTypeId): boolean {
  return relationshipTypes[type].reads === relationshipTypes[type].readsBack;
}

/** A type and the direction in which it is read, as one choice of a form: `works-for` or `works-for:back`. */
export interface Reading {
  type: RelationshipTypeId;
  back: boolean;
}

export function readingWords(type: string, back: boolean): string {
  if (!isRelationshipType(type)) return type;
  return back ? relationshipTypes[type].readsBack : relationshipTypes[type].reads;
}

/** Every way one contact can stand to another, in words. */
export const readingChoices: readonly { value: string; label: string }[] = Object.keys(relationshipTypes).flatMap(
  (type) => {
    const id = type as RelationshipTypeId;
    const forth = { value: id, label: readingWords(id, false) };
    return isMutual(id) ? [forth] : [forth, { value: `${id}:back`, label: readingWords(id, true) }];
  },
);

export function parseReading(text: string): Reading | null {
  const [type = "", direction, ...rest] = text.split(":");
  if (!isRelationshipType(type) || rest.length > 0 || (direction !== undefined && direction !== "back")) return null;
  return { type, back: direction === "back" && !isMutual(type) };
}
