import { type AnswerView } from "~/routes/connectors/connector/answer.server";
import { PostButton } from "~/ui/button";
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
      <Panel
        title="Yes: follow it here, too"
        line={[
          ...(gone > 0
            ? [
                `${number(gone)} gone: what nothing else stands for is archived, the rest loses what only ${system} said.`,
              ]
            : []),
          ...(blanked > 0 ? [`${number(blanked)} with a field emptied: it is emptied here, too.`] : []),
          "A run does it, which can be undone.",
        ].join(" ")}
      >
        <PostButton tone="sure" action={`${page}/answer`} fields={{ answer: "follow", askedBy }}>
          Follow it here, {number(gone + blanked)} {gone + blanked === 1 ? "record" : "records"}
        </PostButton>
      </Panel>
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
