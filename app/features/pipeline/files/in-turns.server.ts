import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Lets everything else that waits have its turn after each piece: reading from SQLite and parsing never really wait, so
 * that without this a long file would hold up heartbeats and other people's pages.
 */
export async function* inTurns<Piece>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    yield piece;
    await nextTurn();
  }
}

const TURN_MS = 20;
const STEPS_AT_ONCE = 100;

/** To be called at each of many short steps: gives way where the turn has become long. */
export function turns(): () => Promise<void> | undefined {
  let began = performance.now();
  let steps = 0;
  return () => {
    if (++steps % STEPS_AT_ONCE !== 0 || performance.now() - began < TURN_MS) return undefined;
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
}
