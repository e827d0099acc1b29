import { type WhatStays } from "~/routes/connectors/connector/what-stays.server";
import { PostButton } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { formatCount } from "~/ui/pagination";
import { Panel } from "~/ui/panel";

const contactsOf = (count: number, { locale }: Pick<WhatStays, "locale">) =>
  `${formatCount(count, { locale })} ${count === 1 ? "contact" : "contacts"}`;

/** Asks what is to become of what a connector brought. Nothing, where it brought nothing or takes nothing away. */
export function RecordsChoice({ stays, mayGo }: { stays: WhatStays; mayGo: boolean }) {
  const { contacts, alone } = stays;
  if (contacts === 0 || !mayGo) return null;
  return (
    <RadioGroup
      field={{ name: "records", value: "stay" }}
      label="What becomes of what it brought?"
      options={[
        {
          value: "stay",
          label: `It stays: ${contactsOf(contacts, stays)} are kept as they are`,
          hint: "From then on nobody but you changes them.",
        },
        {
          value: "go",
          label: "It is taken away",
          hint: `${contactsOf(alone, stays)} that nothing else stands for are archived; ${contactsOf(contacts - alone, stays)} that you or another source know, too, lose only what came from here. A run does it, which can be undone.`,
        },
      ]}
    />
  );
}

/** What is to be told of it in numbers. */
export function recordsChanges(stays: WhatStays) {
  return [
    { value: contactsOf(stays.contacts, stays), label: "Came from it, and are here" },
    { value: contactsOf(stays.alone, stays), label: "Of these, known from nowhere else" },
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
