/** A tag; with `href` a link to what else carries it. */
export function Tag({ label, href }: { label: string; href?: string }) {
  return href ? (
    <a className="tag" href={href}>
      {label}
    </a>
  ) : (
    <span className="tag">{label}</span>
  );
}

/** Several tags, wrapping. Nothing at all for none. */
export function Tags({ labels }: { labels: string[] }) {
  if (labels.length === 0) return null;
  return (
    <span className="tags">
      {labels.map((label) => (
        <Tag key={label} label={label} />
      ))}
    </span>
  );
}
