/** Names that nobody else in the sample has, so that tests that run side by side, or twice, do not meet. */
const beginnings = "Bram Cal Dun Ever Fern Gold Hazel Iver Kel Lang Mar Nor Oak Pem Quar Ros Stan Thorn Ul Wen".split(
  " ",
);
const middles = "ber den fel ga hil lo ma nev pin ru sel ti vo wa".split(" ");
const ends = "bury combe dale field ford gate ham hurst ley low mere more shaw stead ton wick".split(" ");

const pick = (parts: readonly string[]) => parts[Math.floor(Math.random() * parts.length)] ?? "";

export function newFamilyName(): string {
  return pick(beginnings) + pick(middles) + pick(middles) + pick(ends);
}
