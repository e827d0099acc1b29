import { channelVerbs, type Mark, markText, openMarks } from "~/features/contacts/consent/consent";
import { type Place } from "~/platform/time";
import { Panel } from "~/ui/panel";

interface ConsentPanelProps {
  marks: readonly Mark[];
  place: Place;
  /** Where something is marked; null: the reader may not. */
  markHref: string | null;
  /** Where a mark is lifted. */
  liftHref: (markId: string) => string;
}

/** By which ways a contact is not to be reached, since when, and on whose word. */
export function ConsentPanel({ marks, place, markHref, liftHref }: ConsentPanelProps) {
  const open = openMarks(marks);
  return (
    <Panel title="Do not contact" actions={markHref ? <a href={markHref}>Mark</a> : undefined}>
      {open.length === 0 ? <p className="quiet">Nothing is marked.</p> : null}
      {open.length > 0 ? (
        <ul className="grid gap-2">
          {open.map((mark) => (
            <li key={mark.id}>
              <strong>Do not {channelVerbs[mark.channel]}</strong>: {markText(mark, place)}
              {markHref ? (
                <>
                  {" "}
                  <a className="small no-print" href={liftHref(mark.id)}>
                    Lift<span className="sr-only"> “do not {channelVerbs[mark.channel]}”</span>
                  </a>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
