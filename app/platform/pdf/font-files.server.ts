import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** Which file of which package holds the letters of which script; docs/decisions/013-pdf.md says why these. */

export type Weight = "regular" | "bold";

/** A font of one script in one file for each weight; `scripts` in Unicode's names, absent: whatever it has. */
interface WholeFont {
  id: string;
  file: Record<Weight, string>;
}

/** A font of several thousand signs that is cut into a hundred files, each with its own stretch of them. */
export interface CutFont {
  id: string;
  package: string;
}

const require = createRequire(import.meta.url);

function noto(script: string): WholeFont {
  const folder = `@expo-google-fonts/noto-sans${script && `-${script.toLowerCase()}`}`;
  return {
    id: `NotoSans${script}`,
    file: {
      regular: `${folder}/400Regular/NotoSans${script}_400Regular.ttf`,
      bold: `${folder}/700Bold/NotoSans${script}_700Bold.ttf`,
    },
  };
}

/** In the order in which they are asked whether they have a letter. The first has Latin, Greek, Cyrillic, Devanagari. */
export const wholeFonts: readonly WholeFont[] = [
  ...["", "Arabic", "Hebrew", "Thai", "Bengali", "Gujarati", "Gurmukhi", "Tamil"].map(noto),
  {
    // Armenian, Georgian, Lao, and signs such as ☎ and ✓.
    id: "DejaVuSans",
    file: { regular: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf", bold: "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf" },
  },
];

/** Chinese, Japanese and Korean write the same signs differently: which is asked first depends on the rest of the text. */
export const cutFonts = {
  chinese: { id: "NotoSansSC", package: "@fontsource-variable/noto-sans-sc" },
  japanese: { id: "NotoSansJP", package: "@fontsource-variable/noto-sans-jp" },
  korean: { id: "NotoSansKR", package: "@fontsource-variable/noto-sans-kr" },
} as const satisfies Record<string, CutFont>;

export function readFontFile(path: string): Promise<Buffer> {
  return readFile(require.resolve(path));
}

/** The files of a cut font with the characters of each, as its package lists them: `{ "[4]": "U+1f1e9-1f1f5,U+1f21a" }`. */
export async function readPieces({ package: name }: CutFont): Promise<Piece[]> {
  const listed = JSON.parse((await readFontFile(`${name}/unicode.json`)).toString()) as Record<string, string>;
  const family = name.split("/")[1] ?? "";
  return Object.entries(listed).map(([key, ranges]) => ({
    file: `${name}/files/${family}-${key.replace(/[[\]]/g, "")}-wght-normal.woff2`,
    ranges: ranges.split(",").map(toRange),
  }));
}

export interface Piece {
  file: string;
  /** First and last code point of each stretch. */
  ranges: [number, number][];
}

function toRange(text: string): [number, number] {
  const [first = "", last = first] = text.replace(/^U\+/i, "").split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
