import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type RouteHandle } from "~/route-handle";
import {
  changeRecipients,
  loadRecipients,
  type RecipientsAnswer,
} from "~/routes/reconciliations/report/recipients-facts.server";
import { Banner } from "~/ui/banner";
import { Button, PostButton } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Who gets the report · ${data.name} · ${data.accountName}` : "Who gets the report" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadRecipients(args);
}

export function action(args: ActionFunctionArgs) {
  return changeRecipients(args);
}

export default function Recipients() {
  const { name, days, base, ofRun, mails } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as RecipientsAnswer | undefined;
  return (
    <>
      <PageHead
        title="Who gets the report"
        line={`${name}, ${days}.`}
        back={{ href: `${base}${ofRun}`, label: "Report" }}
      />
      {mails ? null : (
        <Banner tone="warn">
          There is no mail server, so no mail goes out. Whoever runs Tallybook can set one up; links work all the same.
        </Banner>
      )}
      <ByMail answer={answer} />
      <ByLink answer={answer} />
    </>
  );
}

interface Answered {
  answer: RecipientsAnswer | undefined;
}

function fieldsOf(answer: RecipientsAnswer | undefined) {
  return (name: string, value = "") => {
    const problem = answer?.problems[name];
    return { name, value: answer?.typed[name] ?? value, errors: problem === undefined ? undefined : [problem] };
  };
}

function ByMail({ answer }: Answered) {
  const { recipients, options, action } = useLoaderData<typeof loader>();
  const field = fieldsOf(answer);
  const [name, email, often] = [field("name"), field("email"), field("often", "each")];
  return (
    <Panel
      title="By mail"
      line="Each gets the key figures and a link of their own that works for thirty days. They need no account."
      actions={
        recipients.length > 0 ? (
          <PostButton action={action} fields={{ intent: "send" }}>
            Send this report now
          </PostButton>
        ) : null
      }
    >
      {recipients.length === 0 ? (
        <p>Nobody is on the list yet.</p>
      ) : (
        <Table
          bare
          caption="By mail"
          rows={recipients}
          rowKey={({ id }) => id}
          under={({ email, often }) => `${email}, ${often}`}
          columns={[
            { key: "name", label: "Who", cell: ({ name }) => name },
            {
              ...{ key: "remove", label: "", numeric: true },
              cell: ({ id, name }) => (
                <PostButton small action={action} fields={{ intent: "remove", id }}>
                  Take {name} off
                </PostButton>
              ),
            },
          ]}
        />
      )}
      <h3 className="mt-4">Add somebody</h3>
      <Form action={action} fields={[name, email, often]} hidden={{ intent: "add" }}>
        <TextField field={name} label="Name" maxLength={100} autoComplete="off" />
        <TextField field={email} label="Email" type="email" autoComplete="off" />
        <Select field={often} label="How often" options={options} />
        <FormActions>
          <Button>Add to the list</Button>
        </FormActions>
      </Form>
    </Panel>
  );
}

function ByLink({ answer }: Answered) {
  const { links, action, proposedDay, longest } = useLoaderData<typeof loader>();
  const field = fieldsOf(answer);
  const [label, lastDay] = [field("label"), field("lastDay", proposedDay)];
  return (
    <Panel
      title="By a link"
      line="For whoever has no account. Whoever has the link can read this report, and nothing else, until it ends."
    >
      {answer?.link ? (
        <Banner tone="good">
          This is the link. It is shown this once: <code className="break-all">{answer.link}</code>
        </Banner>
      ) : null}
      <Form action={action} fields={[label, lastDay]} hidden={{ intent: "link" }}>
        <TextField field={label} label="For whom" hint="So that you know later which link it is." maxLength={100} />
        <TextField
          field={lastDay}
          label="Last day"
          type="date"
          look="short"
          hint={`At most ${longest} days from now.`}
        />
        <FormActions>
          <Button>Make a link</Button>
        </FormActions>
      </Form>
      {links.length === 0 ? null : (
        <Table
          bare
          caption="Links to reports"
          rows={links}
          rowKey={({ id }) => id}
          under={({ days, how, made, state }) => `${days}; ${how} ${made}; ${state}`}
          columns={[
            { key: "label", label: "For whom", cell: ({ label }) => label },
            {
              ...{ key: "revoke", label: "", numeric: true },
              cell: ({ id, works }) =>
                works ? (
                  <PostButton small action={action} fields={{ intent: "revoke", id }}>
                    Take back
                  </PostButton>
                ) : null,
            },
          ]}
        />
      )}
    </Panel>
  );
}
