/** The way on in a list that is walked by its index: nobody counts what comes. */
export function NextPage({ href }: { href: string | null }) {
  if (href === null) return null;
  return (
    <div className="foot">
      <span />
      <nav aria-label="Pages">
        <a href={href} rel="next">
          Next →
        </a>
      </nav>
    </div>
  );
}
