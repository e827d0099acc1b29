import { z } from "zod";
import { oneLine } from "~/features/contacts/values/typed-text";

const MOST_CHARACTERS = 60;

function reading(empty: string) {
  return z
    .string({ message: empty })
    .transform(oneLine)
    .refine((text) => text !== "", empty)
    .refine((text) => Array.from(text).length <= MOST_CHARACTERS, `At most ${MOST_CHARACTERS} characters.`);
}

/** How a type of relationship reads in both directions. */
export const relationshipTypeForm = z.object({
  reads: reading("Say how the first stands to the second, like “is guarantor for”."),
  readsBack: reading("Say how the second stands to the first, like “has as guarantor”."),
});

export type RelationshipTypeFields = z.input<typeof relationshipTypeForm>;
