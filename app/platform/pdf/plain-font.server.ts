import { create, type Font } from "fontkit";
import decompress from "wawoff2/decompress.js";
import { type Weight } from "~/platform/pdf/font-files.server";
import { encodeGlyph, type Outline } from "~/platform/pdf/glyph-encoder.server";

/** Opens fonts so that their letters can be put into a PDF. */

export function openWhole(bytes: Buffer): Font {
  const font = create(bytes);
  if (!("layout" in font)) throw new Error("A collection of fonts where one font was expected");
  return withMissingAnchors(font);
}

interface Positioning {
  applyAnchor(mark: { markAnchor: unknown }, base: unknown, index: number): void;
  applyLookup(type: number, table: unknown): boolean;
}

/**
 * A letter may have no place for a mark of some kind (OpenType 1.9, GPOS: a NULL anchor): then the next rule is asked.
 * fontkit 2.0.4 throws there, which some Vietnamese and Arabic names would bring about.
 */
function withMissingAnchors(font: Font): Font {
  const { engine } = (font as unknown as { _layoutEngine: { engine: { GPOSProcessor?: Positioning } | null } })
    ._layoutEngine;
  const positioning = engine?.GPOSProcessor;
  if (!positioning) return font;
  const applyAnchor = positioning.applyAnchor.bind(positioning);
  const applyLookup = positioning.applyLookup.bind(positioning);
  let isMissing = false;
  positioning.applyAnchor = (mark, base, index) => {
    isMissing = !mark.markAnchor || !base;
    if (!isMissing) applyAnchor(mark, base, index);
  };
  positioning.applyLookup = (type, table) => {
    isMissing = false;
    const applied = applyLookup(type, table);
    const counts = applied && !isMissing;
    isMissing = false;
    return counts;
  };
  return font;
}

const weightNumbers: Record<Weight, number> = { regular: 400, bold: 700 };

/**
 * Opens a piece of a variable font, which is thin at first, in the weight that is wanted. fontkit cannot vary what is
 * compressed as WOFF2, so it is unpacked before.
 */
export async function openPiece(bytes: Buffer, weight: Weight): Promise<Font> {
  const thin = openWhole(Buffer.from(await decompress(bytes)));
  const font = withMissingAnchors(thin.getVariation({ wght: weightNumbers[weight] }));
  const createSubset = font.createSubset.bind(font);
  // fontkit 2.0.4 writes varied outlines by a call that its own reader library has no longer: ours takes its place.
  font.createSubset = () => Object.assign(createSubset(), { glyphEncoder: { encodeSimple: encodeVaried } });
  return font;
}

function encodeVaried(outline: Outline): Uint8Array {
  return encodeGlyph(outline);
}
