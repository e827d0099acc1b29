/** More would be of no use at the head of a page or a letter, and costs memory wherever it is shown. */
export const MAX_PIXELS_A_SIDE = 2_000;

export type PictureReading =
  | { ok: true; mediaType: "image/png" | "image/jpeg"; width: number; height: number; bytes: Buffer }
  | { ok: false; reason: "too-wide"; width: number; height: number }
  | { ok: false; reason: "damaged" }
  /** Something else; `kind` where its first bytes tell what. */
  | { ok: false; reason: "no-picture"; kind: string | null };

export const damaged = { ok: false, reason: "damaged" } as const;
