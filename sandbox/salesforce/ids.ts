/** Ids as Salesforce has them: fifteen characters that tell case, and three more that say which of them are capitals. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

function withSuffix(id: string): string {
  const chunks = [id.slice(0, 5), id.slice(5, 10), id.slice(10, 15)];
  const bits = (chunk: string) =>
    [...chunk].reduce((sum, letter, place) => sum + (/[A-Z]/.test(letter) ? 1 << place : 0), 0);
  return id + chunks.map((chunk) => ALPHABET[bits(chunk)]).join("");
}

export interface Ids {
  idOf(key: number): string;
  /** Null: nobody's. */
  keyOf(id: string): number | null;
}

/** @param prefix what ids of an object begin with */
export function idsOf(prefix: string): Ids {
  const beginning = `${prefix}4S00000`;
  return {
    idOf: (key) => withSuffix(beginning + String(key).padStart(15 - beginning.length, "0")),
    keyOf: (id) => {
      const digits = id.startsWith(beginning) ? id.slice(beginning.length, 15) : "";
      return /^\d+$/.test(digits) ? Number(digits) : null;
    },
  };
}

/** "2021-12-02T18:22:42.000+0000": without the colon, and without anything smaller than a second. */
export function instantText(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace("Z", "+0000");
}
