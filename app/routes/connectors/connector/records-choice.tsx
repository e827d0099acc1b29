import { type WhatStays } from "~/routes/connectors/connector/what-stays.server";
import { PostButton } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";

const countOf = (count: number, { locale, noun }: Pick<WhatStays, "locale" | "noun">) =>
  `${formatCount(count, { locale })} ${count === 1 ? noun.one : noun.many}`;

/** Asks what is to become of what a connector brought. Nothing, where it brought nothing or takes nothing away. */
export function RecordsChoice({ stays, mayGo }: { stays: WhatStays; mayGo: boolean }) {
  if (stays.records === 0 || !mayGo) return null;
  return (
    <RadioGroup
      field={{ name: "records", value: "stay" }}
      label="What becomes of what it brought?"
      options={[
        {
          value: "stay",
          label: `It stays: ${countOf(stays.records, stays)} are kept as they are`,
          hint: staysWords(stays),
        },
        {
          value: "go",
          label: "It is taken away",
          hint: `${takenWords(stays)} A run does it, which can be undone.`,
        },
      ]}
    />
  );
}

/** Who else goes on changing what stays. */
function staysWords(stays: WhatStays): string {
  const others = stays.records - stays.alone;
  if (others === 0) return "From then on nobody but you changes them.";
  return `From then on nothing of them comes from here. ${countOf(others, stays)} of these ${others === 1 ? "is" : "are"} known from elsewhere, too, and what that says goes on coming in.`;
}

/** What would become of whom, in numbers; who there is none of is left out. */
function takenWords(stays: WhatStays): string {
  const { records, alone } = stays;
  const others = records - alone;
  return [
    ...(alone > 0
      ? [
          `${countOf(alone, stays)} that nothing else stands for: archived${stays.isCompared ? ", and in no comparison any more" : ""}.`,
        ]
      : []),
    ...(others > 0
      ? [`${countOf(others, stays)} that you or another source know, too: without what came from here.`]
      : []),
  ].join(" ");
}

/** What is to be told of it in numbers. */
export function recordsChanges({ records, alone, noun, locale }: WhatStays) {
  return [
    {
      value: formatCount(records, { locale }),
      label: `${records === 1 ? noun.one : noun.many} came from it`,
    },
    { value: formatCount(alone, { locale }), label: "of these known from nowhere else" },
  ];
}

/** While it is being read there are no numbers to go by. */
export function StopFirst({ atWork, verb }: { atWork: string; verb: string }) {
  return (
    <Panel title="It is being read right now">
      <p className="mb-3">
        Stop the <a href={atWork}>run</a> first, or wait for its end: then this page says what would change. What the
        run has brought by then is kept.
      </p>
      <PostButton action={`${atWork}/cancellation`}>Stop the run, then {verb}</PostButton>
    </Panel>
  );
}
