/** The plain page behind every refusal and failure, the same whether Remix or the server in front of it answers. */
import { ErrorSheet } from "~/ui/error-sheet";

interface Words {
  title: string;
  advice: string;
}

const words: Record<number, Words> = {
  400: { title: "We could not read that", advice: "The request was incomplete or damaged. Go back and try again." },
  403: {
    title: "You may not do that",
    advice:
      "Your role here does not allow it. Ask an administrator of the account if you need it. Nothing was changed.",
  },
  404: {
    title: "There is nothing here",
    advice: "The address may be mistyped, the record may have been removed, or it may not be yours to see.",
  },
  405: { title: "That cannot be done here", advice: "This page does not take what was sent. Nothing was changed." },
  408: {
    title: "That took too long to arrive",
    advice: "The connection was too slow. Nothing was changed; try again.",
  },
  413: { title: "That is too large", advice: "Send a smaller file or less text. Nothing was changed." },
  415: { title: "That kind of content is not taken here", advice: "Send the form from its page. Nothing was changed." },
  421: { title: "Tallybook is not at this address", advice: "Open it by its own address." },
  422: {
    title: "Something in the form is not right",
    advice: "Go back, look at the marked fields, and send it again.",
  },
  429: { title: "Too many attempts", advice: "Wait a little, then try again. Nothing was changed." },
  503: { title: "Tallybook is busy or restarting", advice: "Wait a moment, then load the page again." },
  507: {
    title: "The disk is full",
    advice:
      "Nothing more can be saved until there is room; what you have can still be read. Tell whoever runs this installation.",
  },
};

const failure: Words = {
  title: "Something went wrong on our side",
  advice: "It has been noted. Try again in a moment; if it happens again, tell us the reference below.",
};

/** The heading of an error page, also its title in the browser's tab. */
export function errorTitle(status: number): string {
  return (words[status] ?? failure).title;
}

interface ErrorPageProps {
  status: number;
  requestId: string;
  /** Where the start page is, when not here. */
  home?: string;
  /** The page of the form that was refused: then the way on leads back there. */
  back?: string;
  /** Replaces the general advice where we know better. */
  detail?: string;
}

export function ErrorPage({ status, requestId, home = "/", back, detail }: ErrorPageProps) {
  const { title, advice } = words[status] ?? failure;
  const next = back ? { href: back, label: "Back to the form" } : { href: home, label: "Go to the start page" };
  return (
    <ErrorSheet title={title} reference={requestId} next={next}>
      <p>{detail ?? advice}</p>
    </ErrorSheet>
  );
}
