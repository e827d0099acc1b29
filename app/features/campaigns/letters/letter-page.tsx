import { Fragment } from "react";
import { answerWords, type Letter, type LetterFrame, senderLine } from "~/features/campaigns/letters/letter";
import { type LetterLayoutId } from "~/features/campaigns/letters/letter-layout";
import { type Block, type Span } from "~/features/campaigns/letters/letter-text";

export interface ShownLetter {
  letter: Letter;
  /** The code as a picture. */
  qr: string;
}

/** Letters as they will be on paper, each on a sheet of its own. Where a screen is narrower they are shown smaller. */
export function LetterPage({
  letters,
  frame,
  layout,
  logo,
}: {
  letters: readonly ShownLetter[];
  frame: LetterFrame;
  layout: LetterLayoutId;
  logo: string | null;
}) {
  return (
    <div className="paper-desk" role="region" aria-label="As it will be printed" tabIndex={0}>
      {letters.map((shown) => (
        <Sheet key={shown.letter.contactId} {...{ shown, frame, layout, logo }} />
      ))}
    </div>
  );
}

function Sheet({
  shown: { letter, qr },
  frame,
  layout,
  logo,
}: {
  shown: ShownLetter;
  frame: LetterFrame;
  layout: LetterLayoutId;
  logo: string | null;
}) {
  return (
    <article className={`letter letter-${layout}`} aria-label={`Letter to ${letter.name}`}>
      <div className="letter-head">
        {logo ? <img src={logo} alt="" /> : null}
        <strong>{frame.firmName}</strong>
        {frame.firmAddress.map((line) => (
          <span key={line}>{line}</span>
        ))}
        <span className="letter-date">{frame.date}</span>
      </div>
      <p className="letter-sender">{senderLine(frame, letter.code)}</p>
      <address>
        {letter.address.map((line, index) => (
          <span key={index}>
            <bdi>{line}</bdi>
          </span>
        ))}
      </address>
      <div className="letter-text">
        {frame.subject ? (
          <p>
            <strong>{frame.subject}</strong>
          </p>
        ) : null}
        {letter.salutation ? <p>{letter.salutation}</p> : null}
        {letter.blocks.map((block, index) => (
          <TextBlock key={index} block={block} />
        ))}
        <div className="letter-answer">
          <img src={qr} alt={`QR code for ${letter.name}`} width={120} height={120} />
          <p>
            {answerWords(frame, letter.code).map((line) => (
              <span key={line}>{line} </span>
            ))}
          </p>
        </div>
      </div>
    </article>
  );
}

const depths = ["", "letter-in-1", "letter-in-2", "letter-in-3"];

function TextBlock({ block }: { block: Block }) {
  if (block.kind === "rule") return <hr />;
  const looks = [
    depths[Math.min(block.depth, 3)],
    block.isQuoted ? "letter-quote" : "",
    block.isClose ? "letter-close" : "",
    block.kind === "heading" ? "letter-heading" : "",
  ];
  return (
    <p className={looks.filter(Boolean).join(" ") || undefined} dir="auto">
      {block.marker ? <span className="letter-marker">{block.marker} </span> : null}
      {block.spans.map((span, index) => (
        <Words key={index} span={span} />
      ))}
    </p>
  );
}

function Words({ span: { text, bold, slanted } }: { span: Span }) {
  const lines = text.split("\n").map((line, index) => (
    <Fragment key={index}>
      {index > 0 ? <br /> : null}
      {line}
    </Fragment>
  ));
  const leaning = slanted ? <em>{lines}</em> : lines;
  return bold ? <strong>{leaning}</strong> : <>{leaning}</>;
}
