/** Texts as UTF-8 in one buffer that the next text overwrites: most are only looked up, a million times. */
const encoder = new TextEncoder();

class TextBuffer {
  bytes = new Uint8Array(1 << 10);

  /** How many bytes it takes in `bytes`. */
  write(text: string): number {
    // Three bytes for a unit of UTF-16 are always enough.
    if (text.length * 3 > this.bytes.length) this.bytes = new Uint8Array(text.length * 3);
    const { bytes } = this;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return encoder.encodeInto(text, bytes).written;
      bytes[at] = code;
    }
    return text.length;
  }
}

export const textBuffer = new TextBuffer();
