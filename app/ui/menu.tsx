import { Fragment } from "react";
import { ChevronIcon } from "~/ui/icons";

export interface MenuLink {
  href: string;
  label: string;
  /** Leads to a page that asks before it does something that hurts. */
  danger?: boolean;
}

/** What is wanted seldom, behind one word: groups of links with a line between them. Empty groups leave no trace. */
export function MoreMenu({ groups }: { groups: readonly (readonly MenuLink[])[] }) {
  return (
    <details className="menu">
      <summary className="btn">
        More
        <ChevronIcon />
      </summary>
      <div className="menu-sheet">
        {groups
          .filter((links) => links.length > 0)
          .map((links, index) => (
            <Fragment key={index}>
              {index > 0 ? <hr /> : null}
              {links.map(({ href, label, danger }) => (
                <a key={href} href={href} className={danger ? "danger" : undefined}>
                  {label}
                </a>
              ))}
            </Fragment>
          ))}
      </div>
    </details>
  );
}
