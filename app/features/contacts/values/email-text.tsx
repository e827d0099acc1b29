import { type HitRange, Marked } from "~/ui/mark";

/** An email address, which breaks before its @, and within its halves only where there is no room for them. */
export function EmailText({ text, ranges = [] }: { text: string; ranges?: HitRange[] }) {
  const at = text.lastIndexOf("@");
  if (at < 1) return <Marked text={text} ranges={ranges} />;
  return (
    <>
      <Marked text={text.slice(0, at)} ranges={ranges} />
      <span className="whole">
        <Marked text={text.slice(at)} ranges={ranges.map(([start, end]) => [start - at, end - at])} />
      </span>
    </>
  );
}
