import { type Why } from "~/features/contacts/household/household";
import { type Household } from "~/features/contacts/household/household-rows.server";
import { formatDate, type Place } from "~/platform/time";
import { PostButton } from "~/ui/button";
import { Panel } from "~/ui/panel";

const whyWords: Record<Why, string> = {
  said: "put together by hand",
  married: "married",
  "same-address": "same address and family name",
};

interface HouseholdPanelProps {
  household: Household;
  place: Place;
  /** A contact's page. */
  href: (contactId: string) => string;
  /** Where somebody is put in; null: the reader may not say anything. */
  addHref: string | null;
  /** Where it is said that two live together, or do not. */
  sayHref: (contactId: string, saying: "joining" | "separation") => string;
}

/** Who lives with a contact, why that is thought so, and how to say otherwise. */
export function HouseholdPanel({ household, place, href, addHref, sayHref }: HouseholdPanelProps) {
  const { members, parted } = household;
  const saidText = (said: { at: string; by: string | null } | null) =>
    said ? [said.by, formatDate(place, said.at)].filter(Boolean).join(", ") : null;
  return (
    <Panel title="Household" actions={addHref ? <a href={addHref}>Add</a> : undefined}>
      {members.length === 0 ? <p className="quiet">Nobody else.</p> : null}
      <ul className="mates grid gap-2">
        {members.map(({ id, name, why, said }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>
              <a href={href(id)}>{name}</a>{" "}
              <span className="quiet small">{[whyWords[why], saidText(said)].filter(Boolean).join(", ")}</span>
            </span>
            {addHref ? (
              <span className="no-print">
                <PostButton tone="bare" small action={sayHref(id, "separation")}>
                  Take out<span className="sr-only"> {name}</span>
                </PostButton>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {parted.length > 0 ? (
        <details className="small">
          <summary>Taken out</summary>
          <ul className="mates grid gap-2">
            {parted.map(({ id, name, said }) => (
              <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span>
                  <a href={href(id)}>{name}</a> <span className="quiet">{saidText(said)}</span>
                </span>
                {addHref ? (
                  <PostButton tone="bare" small action={sayHref(id, "joining")}>
                    Put back<span className="sr-only"> {name}</span>
                  </PostButton>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  );
}
