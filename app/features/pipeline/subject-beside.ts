/** What a run of a connector does beside taking records in, counted by what it did it to. Pure. */

export interface Beside {
  /** Subjects that nothing else stands for any more: archived. */
  archived: number;
  /** Subjects that others stand for, too: they say no longer what is gone. */
  lessened: number;
  /** Subjects of which others say all that is gone, too: they say what they said. */
  unmoved: number;
  /** Relationships that were made, and taken back. */
  related: number;
  unrelated: number;
}

export const nothingBeside: Beside = { archived: 0, lessened: 0, unmoved: 0, related: 0, unrelated: 0 };

/** The checkpoint with so much more of it. */
export function withBeside<Checkpoint extends { beside?: Beside }>(
  checkpoint: Checkpoint,
  added: Partial<Beside>,
): Checkpoint {
  const { archived, lessened, unmoved, related, unrelated } = { ...nothingBeside, ...added };
  // What was kept before all of these were told apart has not each of them.
  const before = { ...nothingBeside, ...checkpoint.beside };
  return {
    ...checkpoint,
    beside: {
      ...{ archived: before.archived + archived, lessened: before.lessened + lessened },
      unmoved: before.unmoved + unmoved,
      ...{ related: before.related + related, unrelated: before.unrelated + unrelated },
    },
  };
}

/** "41 contacts archived", "1 relationship made"; what is nothing is left out. */
export function besideParts(
  { archived, lessened, unmoved = 0, related, unrelated }: Beside,
  { noun, locale }: { noun: { one: string; many: string }; locale: string },
): string[] {
  const counted = (count: number, { one, many }: { one: string; many: string }, rest: string) =>
    count > 0 ? [`${count.toLocaleString(locale)} ${count === 1 ? one : many} ${rest}`] : [];
  return [
    ...counted(archived, noun, "archived"),
    ...counted(lessened, noun, "kept without what it said"),
    ...counted(unmoved, noun, "kept as others say the same"),
    ...counted(related, relationship, "made"),
    ...counted(unrelated, relationship, "taken back"),
  ];
}

const relationship = { one: "relationship", many: "relationships" };

/** The same as a sentence; null: there was nothing. */
export function besideSentence(
  beside: Beside | null | undefined,
  words: { noun: { one: string; many: string }; locale: string },
): string | null {
  const parts = beside ? besideParts(beside, words) : [];
  return parts.length === 0 ? null : `${parts.join(", ")}.`;
}
