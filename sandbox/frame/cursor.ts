/** What a stand-in gives out to be brought back, unreadable as a provider's is. */

export function cursorOf(facts: object): string {
  return Buffer.from(JSON.stringify(facts)).toString("base64url");
}

/** Null: it is none of ours. */
export function readCursor<Facts extends object>(text: string): Facts | null {
  try {
    const found = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as unknown;
    return typeof found === "object" && found !== null ? (found as Facts) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
