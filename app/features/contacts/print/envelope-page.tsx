import { type Envelope } from "~/features/contacts/print/find-envelope.server";
import { labelFormats } from "~/features/contacts/print/post-formats";

/** What will be on paper, in its own size: an envelope, or a sheet of labels of which the first are gone. */
export function EnvelopePreview({ view, lines, sender }: Pick<Envelope, "view" | "sender"> & { lines: string[] }) {
  const { format } = view;
  if (format.kind === "envelope") {
    return (
      <div className="paper-desk">
        <div className={`envelope envelope-${format.id}`}>
          {sender ? <p className="envelope-sender">{sender}</p> : null}
          <Lines lines={lines} />
        </div>
      </div>
    );
  }
  const { rows, columns } = labelFormats[format.id];
  const first = (view.row - 1) * columns + view.column - 1;
  return (
    <div className="paper-desk">
      <div className={`labels labels-${format.id}`}>
        {Array.from({ length: rows * columns }, (_, place) => (
          <div key={place} className="label">
            {place >= first && place < first + view.copies ? <Lines lines={lines} /> : null}
          </div>
        ))}
      </div>
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
