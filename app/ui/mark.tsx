/** Start and end of a hit, counted as JavaScript counts a string; the end is not part of it. */
export type HitRange = readonly [start: number, end: number];

/** A text with its search hits marked. Ranges may overlap, touch, be unsorted or reach beyond the text. */
export function Marked({ text, ranges }: { text: string; ranges: readonly HitRange[] }) {
  if (ranges.length === 0) return text;
  return (
    <>{pieces(text, ranges).map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text))}</>
  );
}

function pieces(text: string, ranges: readonly HitRange[]): { text: string; hit: boolean }[] {
  const found: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [start, end] of joined(text.length, ranges)) {
    if (start > at) found.push({ text: text.slice(at, start), hit: false });
    found.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), hit: false });
  return found;
}

function joined(length: number, ranges: readonly HitRange[]): [number, number][] {
  const kept: [number, number][] = [];
  const inside = ranges
    .map(([start, end]): [number, number] => [Math.max(0, start), Math.min(length, end)])
    .filter(([start, end]) => start < end)
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of inside) {
    const last = kept[kept.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else kept.push([start, end]);
  }
  return kept;
}
