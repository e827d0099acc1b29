declare module "wawoff2/decompress.js" {
  /** A WOFF2 file as the TrueType file that it holds. Throws where it holds none. */
  export default function decompress(bytes: Uint8Array): Promise<Uint8Array>;
}

declare module "bidi-js" {
  export interface EmbeddingLevels {
    /** For each UTF-16 unit: odd is right to left. */
    levels: Uint8Array;
    paragraphs: { start: number; end: number; level: number }[];
  }
  export interface Bidi {
    getEmbeddingLevels(text: string, direction?: "ltr" | "rtl" | "auto"): EmbeddingLevels;
    getMirroredCharactersMap(text: string, levels: Uint8Array): Map<number, string>;
  }
  export default function bidiFactory(): Bidi;
}
