import { channelVerbs, type Mark, markText, openMarks } from "~/features/contacts/consent/consent";
import { type SuppressedValue, suppressedText } from "~/features/contacts/suppression/suppression";
import { type Place } from "~/platform/time";
import { Panel } from "~/ui/panel";

interface ConsentPanelProps {
  marks: readonly Mark[];
  place: Place;
  /** Where something is marked; null: the reader may not. */
  markHref: string | null;
  /** Where a mark is lifted. */
  liftHref: (markId: string) => string;
  /** Of its addresses and numbers those on the suppression list, as they are written. */
  suppressed: readonly SuppressedValue[];
  /** Where that list is; null: the reader may not see it. */
  suppressionsHref: string | null;
}

/** By which ways a contact is not to be reached, since when, and on whose word. */
export function ConsentPanel({ marks, place, markHref, liftHref, ...list }: ConsentPanelProps) {
  const open = openMarks(marks);
  return (
    <Panel title="Do not contact" actions={markHref ? <a href={markHref}>Mark</a> : undefined}>
      {open.length === 0 && list.suppressed.length === 0 ? <p className="quiet">Nothing is marked.</p> : null}
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
      {list.suppressed.length > 0 ? <Suppressed {...list} place={place} /> : null}
    </Panel>
  );
}

function Suppressed({
  suppressed,
  suppressionsHref,
  place,
}: Pick<ConsentPanelProps, "suppressed" | "suppressionsHref" | "place">) {
  return (
    <ul className="mt-2 grid gap-2">
      {suppressed.map((entry) => (
        <li key={`${entry.channel} ${entry.value}`}>
          <strong className="break-words">{entry.value}</strong> is {suppressedText(entry, place)}.
          {suppressionsHref ? (
            <>
              {" "}
              <a className="small no-print" href={`${suppressionsHref}/${entry.id}`}>
                See<span className="sr-only"> why {entry.value} is on the list</span>
              </a>
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
