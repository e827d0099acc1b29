import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPicture } from "~/platform/pictures/read-picture.server";
import { exifWithPlace, jpeg, jpegSegment, jpegWith, png, pngChunk, pngHead, pngSize } from "~/testing/pictures";

const text = (words: string) => Buffer.from(words, "latin1");

async function clean(bytes: Buffer): Promise<Buffer> {
  const picture = await readPicture(bytes);
  if (!picture.ok) throw new Error(`Refused: ${picture.reason}`);
  return picture.bytes;
}

describe("a PNG", () => {
  test("is read with its size, and comes out as it went in", async () => {
    expect(await readPicture(png())).toEqual({ ok: true, mediaType: "image/png", width: 24, height: 16, bytes: png() });
  });

  test("loses what is not seen: words, Exif, time, profile, an animation's frames, and what hangs behind it", async () => {
    const more = [
      pngChunk("tEXt", text("Author\0Folasade Adebayo")),
      pngChunk("eXIf", exifWithPlace(1)),
      pngChunk("tIME", Buffer.alloc(7)),
      pngChunk("iCCP", text("profile")),
      pngChunk("acTL", Buffer.alloc(8)),
      pngChunk("zzZz", text("anything")),
    ];
    expect(await clean(png({ more, behind: text("PK\x03\x04 a file of its own") }))).toEqual(png());
  });

  test("keeps what its colours need", async () => {
    const whole = png({ more: [pngChunk("gAMA", Buffer.from([0, 0, 177, 143])), pngChunk("sRGB", Buffer.from([0]))] });
    expect(await clean(whole)).toEqual(whole);
  });

  test("that is a bomb is refused by its header, before anything is inflated", async () => {
    const head = Buffer.concat([pngHead, pngSize(60_000, 60_000), pngChunk("IDAT", text("x")), pngChunk("IEND")]);
    expect(await readPicture(head)).toEqual({ ok: false, reason: "too-wide", width: 60_000, height: 60_000 });
    expect(await readPicture(png({ width: 2_001, height: 2 }))).toMatchObject({ reason: "too-wide" });
    expect(await readPicture(png({ width: 2_000, height: 2 }))).toMatchObject({ ok: true });
  });

  test("whose pixels are more than it states is refused after so many", async () => {
    const bomb = pngChunk("IDAT", deflateSync(Buffer.alloc(200_000_000)));
    const started = performance.now();
    const whole = Buffer.concat([pngHead, pngSize(24, 16), bomb, pngChunk("IEND")]);
    expect(await readPicture(whole)).toEqual({ ok: false, reason: "damaged" });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("cut off anywhere is refused", async () => {
    const whole = png();
    for (let length = 8; length < whole.length; length++) {
      expect(await readPicture(whole.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false });
    }
  });

  test("with a wrong byte in its chunks is refused", async () => {
    const whole = png();
    const last = whole.length - 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: last }), fc.integer({ min: 1, max: 255 }), async (at, other) => {
        const broken = Buffer.from(whole);
        broken[at] = (broken[at] ?? 0) ^ other;
        expect(await readPicture(broken)).toMatchObject({ ok: false });
      }),
    );
  });

  test("of a kind that does not exist, without pixels, or without a palette that it needs is refused", async () => {
    const pixels = pngChunk("IDAT", deflateSync(Buffer.alloc(25 * 16)));
    const wrong: [number, number, number][] = [
      [8, 3, 0],
      [3, 2, 0],
      [8, 5, 0],
      [8, 2, 2],
    ];
    for (const kind of wrong) {
      const whole = Buffer.concat([pngHead, pngSize(24, 16, kind), pixels, pngChunk("IEND")]);
      expect(await readPicture(whole), kind.join()).toEqual({ ok: false, reason: "damaged" });
    }
    const none = Buffer.concat([pngHead, pngSize(0, 16), pngChunk("IEND")]);
    expect(await readPicture(none)).toEqual({ ok: false, reason: "damaged" });
  });

  test("that is interlaced is measured pass by pass", async () => {
    // 8 × 8 grey: passes of 1, 1, 2, 4, 8, 16 and 32 pixels in 1, 1, 1, 2, 2, 4 and 4 lines.
    const pixels = pngChunk("IDAT", deflateSync(Buffer.alloc(64 + 15)));
    const whole = Buffer.concat([pngHead, pngSize(8, 8, [8, 0, 1]), pixels, pngChunk("IEND")]);
    expect(await readPicture(whole)).toMatchObject({ ok: true, width: 8, height: 8 });
  });
});

describe("a JPEG", () => {
  test("is read with its size, without profile and preview", async () => {
    const picture = await readPicture(jpeg);
    expect(picture).toMatchObject({ ok: true, mediaType: "image/jpeg", width: 24, height: 16 });
    expect((await clean(jpeg)).includes("ICC_PROFILE")).toBe(false);
    expect(await clean(await clean(jpeg))).toEqual(await clean(jpeg));
  });

  test("loses where it was taken and by what, but not which way round it is", async () => {
    const photo = jpegWith(jpegSegment(0xe1, exifWithPlace(6)), jpegSegment(0xfe, text("by Folasade Adebayo")));
    const shown = await clean(photo);
    for (const word of ["52.52", "Leica", "Folasade"]) expect(shown.includes(word), word).toBe(false);
    expect(shown.length).toBe((await clean(jpeg)).length + 36);
    expect(await clean(shown)).toEqual(shown);
    expect(await clean(jpegWith(jpegSegment(0xe1, exifWithPlace(1))))).toEqual(await clean(jpeg));
  });

  test("keeps Adobe's mark, without which a picture for print is a negative", async () => {
    const mark = jpegSegment(0xee, text("Adobe\0\x64\0\0\0\0\x02"));
    expect((await clean(jpegWith(mark))).includes("Adobe")).toBe(true);
    expect((await clean(jpegWith(jpegSegment(0xee, text("other"))))).includes("other")).toBe(false);
  });

  test("with something hung behind it comes out without", async () => {
    expect(await clean(Buffer.concat([jpeg, text("<script>alert(1)</script>")]))).toEqual(await clean(jpeg));
  });

  test("that is too wide is refused by its header", async () => {
    const wide = Buffer.from(jpeg);
    const frame = wide.indexOf(Buffer.from([0xff, 0xc0]));
    wide.writeUInt16BE(65_500, frame + 7);
    expect(await readPicture(wide)).toEqual({ ok: false, reason: "too-wide", width: 65_500, height: 16 });
  });

  test("cut off anywhere is refused", async () => {
    for (let length = 3; length < jpeg.length; length++) {
      expect(await readPicture(jpeg.subarray(0, length)), `${length} bytes`).toMatchObject({ ok: false });
    }
  });

  test("with a broken directory in its Exif is read all the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 60 }), async (bytes) => {
        const exif = Buffer.concat([text("Exif\0\0"), Buffer.from(bytes)]);
        expect(await readPicture(jpegWith(jpegSegment(0xe1, exif)))).toMatchObject({ ok: true });
      }),
    );
  });
});

describe("anything else, whatever its name says", () => {
  test.each([
    ["<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"],
    ["\xef\xbb\xbf<?xml version='1.0'?><!-- a drawing --><svg:svg/>", "SVG"],
    ["<!doctype html><html><script>alert(1)</script></html>", "HTML"],
    ["GIF89a....", "GIF"],
    ["RIFF\x10\0\0\0WEBPVP8 ", "WebP"],
    ["\0\0\0\x18ftypheic", "HEIC"],
    ["%PDF-1.7", "PDF"],
    ["MZ\x90\0", null],
    ["", null],
  ])("%j is refused", async (words, kind) => {
    expect(await readPicture(text(words))).toEqual({ ok: false, reason: "no-picture", kind });
  });

  test("never throws, and whatever is taken is taken again as it is", async () => {
    const starts = [Buffer.alloc(0), pngHead, jpeg.subarray(0, 200), png().subarray(0, 40)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        const picture = await readPicture(Buffer.concat([start, Buffer.from(rest)]));
        if (picture.ok) expect(await readPicture(picture.bytes)).toEqual(picture);
      }),
    );
  });
});
