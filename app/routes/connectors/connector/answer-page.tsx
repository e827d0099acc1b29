import { type AnswerView } from "~/routes/connectors/connector/answer.server";
import { PostButton } from "~/ui/button";
import { COUNT_LIMIT } from "~/platform/counted";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";

/** What the brake saw, in numbers, and what each answer would do. */
export function AnswerPage({ view }: { view: AnswerView }) {
  const { name, system, page, askedBy, run, words, gone, blanked, known, at } = view;
  const number = (count: number) => formatCount(count, view);
  return (
    <>
      <PageHead title="Is that right?" line={words} back={{ href: page, label: name }} />
      <Panel title={`What ${system} showed`} actions={<a href={run}>The run that stopped</a>}>
        <Facts
          facts={[
            { label: "Asked on", value: at },
            { label: "Records known here", value: number(known) },
            { label: "Gone there", value: number(gone) },
            { label: "With a field emptied", value: number(blanked) },
          ]}
        />
      </Panel>
      <Follow view={view} />
      <Panel
        title="No: leave it as it is here"
        line={`All ${number(gone + blanked)} stay here as they are, until ${system} says something else of them. Everything else goes on.`}
      >
        <PostButton action={`${page}/answer`} fields={{ answer: "leave", askedBy }}>
          Leave it as it is
        </PostButton>
      </Panel>
    </>
  );
}

function Follow({ view }: { view: AnswerView }) {
  const { page, askedBy, gone, blanked, concerned } = view;
  const number = (count: number) => formatCount(count, view);
  return (
    <Panel
      title="Yes: follow it here, too"
      line={[goneWords(view), blankedWords(view), "A run does it, which can be undone."].filter(Boolean).join(" ")}
    >
      {concerned ? (
        <>
          <Named
            view={view}
            title="Would be archived"
            all={concerned.capped ? null : concerned.archived}
            contacts={concerned.firstArchived}
          />
          <Named view={view} title="Would be emptied in a field" all={null} contacts={concerned.firstBlanked} />
        </>
      ) : null}
      <PostButton tone="sure" action={`${page}/answer`} fields={{ answer: "follow", askedBy }}>
        Follow it here, {number(gone + blanked)} {gone + blanked === 1 ? "record" : "records"}
      </PostButton>
    </Panel>
  );
}

/** What becomes of what is gone there; "" where nothing is. */
function goneWords(view: AnswerView): string {
  const { gone, concerned, system } = view;
  const number = (count: number) => formatCount(count, view);
  if (gone === 0) return "";
  if (concerned === null) return `${number(gone)} gone: they stay here, marked as gone, and are compared no longer.`;
  const { archived, lessened, capped } = concerned;
  const contacts = (count: number) => (count === 1 ? "1 contact" : `${number(count)} contacts`);
  const parts = [
    ...(archived > 0 ? [`${contacts(archived)} would be archived, since nothing else stands for them`] : []),
    ...(lessened > 0 ? [`${contacts(lessened)} would only lose what ${system} alone says`] : []),
  ];
  const looked = capped ? `${number(gone)} gone. Of the first ${number(COUNT_LIMIT)}` : `${number(gone)} gone`;
  return `${looked}: ${parts.join("; ") || "of none does a contact stand here"}.`;
}

const blankedWords = (view: AnswerView): string =>
  view.blanked > 0 ? `${formatCount(view.blanked, view)} with a field emptied: it is emptied here, too.` : "";

interface NamedProps {
  view: AnswerView;
  title: string;
  /** How many there are, of whom these are the first; null: that is not counted. */
  all: number | null;
  contacts: { id: string; name: string }[];
}

function Named({ view, title, all, contacts }: NamedProps) {
  if (contacts.length === 0) return null;
  const number = (count: number) => formatCount(count, view);
  const shown = contacts.length;
  const howMany = all === null ? [] : [shown < all ? `the first ${number(shown)} of ${number(all)}` : number(shown)];
  return (
    <>
      <h3>{[title, ...howMany].join(", ")}</h3>
      <ul className="mt-1 mb-4 grid gap-1">
        {contacts.map(({ id, name }) => (
          <li key={id} className="wrap-anywhere">
            <a href={`${view.contacts}/${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
