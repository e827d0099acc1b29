import { type ReactNode } from "react";
import { type Envelope } from "~/features/contacts/print/find-envelope.server";
import { labelFormats } from "~/features/contacts/print/post-formats";

/** What will be on paper, in its own size: an envelope, or a sheet of labels of which the first are gone. */
export function EnvelopePreview({ view, lines, sender }: Pick<Envelope, "view" | "sender"> & { lines: string[] }) {
  const { format } = view;
  if (format.kind === "envelope") {
    return (
      <Desk>
        <div className={`envelope envelope-${format.id}`}>
          {sender ? <p className="envelope-sender">{sender}</p> : null}
          <Lines lines={lines} />
        </div>
      </Desk>
    );
  }
  const { rows, columns } = labelFormats[format.id];
  const first = (view.row - 1) * columns + view.column - 1;
  return (
    <Desk>
      <div className={`labels labels-${format.id}`}>
        {Array.from({ length: rows * columns }, (_, place) => (
          <div key={place} className="label">
            {place >= first && place < first + view.copies ? <Lines lines={lines} /> : null}
          </div>
        ))}
      </div>
    </Desk>
  );
}

/** Where a screen is narrower than the paper it is shown smaller. */
function Desk({ children }: { children: ReactNode }) {
  return (
    <div className="paper-desk" role="region" aria-label="As it will be printed">
      {children}
    </div>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <address>
      {lines.map((line, index) => (
        <span key={index}>{line}</span>
      ))}
    </address>
  );
}
