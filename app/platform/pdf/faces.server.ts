import { type Font } from "fontkit";
import {
  cutFonts,
  type CutFont,
  type Piece,
  readFontFile,
  readPieces,
  type Weight,
  wholeFonts,
} from "~/platform/pdf/font-files.server";
import { openPiece, openWhole } from "~/platform/pdf/plain-font.server";

/** Finds a font that has a letter. Files are read when a text first needs them, once for the life of the process. */

export interface Face {
  /** One file in one weight. */
  id: string;
  font: Font;
}

/** Which of the fonts for Chinese, Japanese and Korean comes first. */
export type Han = keyof typeof cutFonts;

const hanOrder: Record<Han, readonly Han[]> = {
  chinese: ["chinese", "japanese", "korean"],
  japanese: ["japanese", "chinese", "korean"],
  korean: ["korean", "chinese", "japanese"],
};

const opened = new Map<string, Promise<Face>>();
const pieces = new Map<string, Promise<Piece[]>>();

function once<Value>(kept: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  // What could not be read may be there the next time.
  made.catch(() => kept.delete(key));
  return made;
}

function openFace(id: string, weight: Weight, open: () => Promise<Font>): Promise<Face> {
  const name = `${id}-${weight === "bold" ? "Bold" : "Regular"}`;
  return once(opened, name, async () => {
    const font = await open();
    // The library tells fonts apart by this, and the pieces of one font all have the same.
    Object.defineProperty(font, "postscriptName", { value: name });
    return { id: name, font };
  });
}

/** The font that most of a text is in: Latin, Greek, Cyrillic. */
export function mainFace(weight: Weight): Promise<Face> {
  return wholeFace(0, weight);
}

function wholeFace(index: number, weight: Weight): Promise<Face> {
  const found = wholeFonts[index];
  if (!found) throw new Error("No such font");
  return openFace(found.id, weight, async () => openWhole(await readFontFile(found.file[weight])));
}

/** The font for signs that no other has, and for the sign that stands for what is missing. */
export function lastFace(weight: Weight): Promise<Face> {
  return wholeFace(wholeFonts.length - 1, weight);
}

export function has({ font }: Face, text: string): boolean {
  return Array.from(text).every((sign) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
}

/** A font that has all of these characters (a letter with its marks), or null when none has. */
export async function faceWith(text: string, weight: Weight, han: Han): Promise<Face | null> {
  for (const index of wholeFonts.keys()) {
    const face = await wholeFace(index, weight);
    if (has(face, text)) return face;
  }
  for (const kind of hanOrder[han]) {
    const face = await pieceWith(cutFonts[kind], text, weight);
    if (face && has(face, text)) return face;
  }
  return null;
}

async function pieceWith(font: CutFont, text: string, weight: Weight): Promise<Face | null> {
  const point = text.codePointAt(0) ?? 0;
  const all = await once(pieces, font.id, () => readPieces(font));
  const piece = all.find(({ ranges }) => ranges.some(([first, last]) => point >= first && point <= last));
  if (!piece) return null;
  const number = /-(\d+)-wght/.exec(piece.file)?.[1] ?? "";
  return openFace(font.id + number, weight, async () => openPiece(await readFontFile(piece.file), weight));
}
