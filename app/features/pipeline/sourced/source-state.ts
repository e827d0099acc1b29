/**
 * How a record at a source stands here.
 *
 * - `standing`: what it says there it says here
 * - `left`: the rules of writing keep it out, or what it belonged to was deleted here
 * - `refused`: its newest version was not taken; what it said before stays
 * - `held`: its newest version takes something away, and waits for the end of the reading, then for an answer
 * - `going`: it is gone at the source, and waits likewise
 * - `gone`: it is gone at the source, and that was followed
 * - `kept`: it is gone or says less there, and a person said to leave it here as it is
 */
export type SourceState = "standing" | "left" | "refused" | "held" | "kept" | "going" | "gone";
