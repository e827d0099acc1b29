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
