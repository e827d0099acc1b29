import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Manifest {
  start_url: string;
  display: string;
  theme_color: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
}

const manifest = JSON.parse(readFileSync("public/manifest.webmanifest", "utf8")) as Manifest;

/** Width and height of a PNG are the first two words of its first chunk. */
function sizeOf(file: string): string {
  const bytes = readFileSync(`public${file}`);
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test("it installs on a phone: every icon is there in its size, one of them for masks", () => {
  expect(manifest).toMatchObject({ start_url: "/", display: "standalone", theme_color: "#faf9f6" });
  for (const { src, sizes } of manifest.icons.filter(({ type }) => type === "image/png"))
    expect(sizeOf(src)).toBe(sizes);
  expect(manifest.icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual(
    expect.arrayContaining(["any 192x192", "any 512x512", "maskable 512x512"]),
  );
  expect(sizeOf("/icons/apple-touch-icon.png")).toBe("180x180");
});
