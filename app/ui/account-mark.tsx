/** The account's initials on its colour. The name stands beside it in words, so the mark itself is silent. */
export function AccountMark({ name, colour, small }: { name: string; colour: number; small?: boolean }) {
  return (
    <span className={`initials account-${colour}${small ? " small" : ""}`} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** "Hale & Partners" → "HP", "Ann Okafor" → "AO", "brandt" → "B". Counts letters, not bytes. */
export function initials(name: string): string {
  const words = name.split(/[\s\-–—.,&+/]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const picked = words.length > 2 ? [words[0], words[words.length - 1]] : words;
  return picked.map((word) => Array.from(word ?? "")[0]?.toLocaleUpperCase() ?? "").join("") || "·";
}
