import { viewQuery } from "~/features/contacts/list/contact-list";
import { type Neighbour, type Neighbours } from "~/features/contacts/list/list-neighbours";
import { withBack } from "~/features/contacts/list/way-back";
import { formatCount } from "~/ui/pagination";

/** "3 of 48 · ← Previous · Next →": through the list that the person came from. */
export function NeighboursBar({ neighbours, base, locale }: { neighbours: Neighbours; base: string; locale: string }) {
  const { place, total, capped, previous, next } = neighbours;
  const href = ({ id, view }: Neighbour) => withBack(`${base}/${id}`, base + viewQuery(view, { cursor: view.cursor }));
  if (!previous && !next) return null;
  return (
    <nav className="beside" aria-label="Through the list">
      {place ? (
        <span>
          {formatCount(place, { locale })} of {formatCount(total, { capped, locale })}
        </span>
      ) : null}
      {previous ? (
        <a href={href(previous)} rel="prev" title={previous.name}>
          ← Previous
        </a>
      ) : null}
      {next ? (
        <a href={href(next)} rel="next" title={next.name}>
          Next →
        </a>
      ) : null}
    </nav>
  );
}
