import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { type Check } from "~/features/campaigns/mailing/check-list";
import { sendTest } from "~/features/campaigns/mailing/send-test.server";
import { NO_SERVER } from "~/features/campaigns/mailing/send-campaign.server";
import { testForm, type TestFormFields } from "~/features/campaigns/mailing/mailing-form";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";
import { sendingFacts } from "~/routes/campaigns/sending/sending-facts.server";
import { countTest } from "~/routes/campaigns/sending/count-test.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Facts } from "~/ui/facts";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Status } from "~/ui/status";
import { Table } from "~/ui/table";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Before sending · ${data.name} · ${data.accountName}` : "Before sending" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { mail } = args.context.env;
  const facts = await sendingFacts(scope, args.params.campaignId, { mail, now: scope.clock.now() });
  return { accountName: scope.account.name, me: scope.user?.email ?? "", ...facts };
}

const NOBODY = "There is nobody on its list as whose mail it could be written. Add recipients first.";

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = await findEmailCampaign(scope, args.params.campaignId);
  const submission = parseWithZod(await readForm(args.request), { schema: testForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const { to, as } = submission.value;
  const no = (message: string) => refuse(submission.reply({ fieldErrors: { to: [message] } }));
  const { mail, appOrigin } = args.context.env;
  if (!mail) return no(NO_SERVER);
  const tooMany = await countTest(args, scope);
  if (tooMany) return no(tooMany);
  const result = await sendTest(scope, campaign, { to, which: as, settings: mail, appOrigin });
  if (!result.ok) return no(result.reason === "nobody" ? NOBODY : `${result.said}.`);
  const here = `/${scope.account.slug}/campaigns/${campaign.id}/sending`;
  return redirectTo(args, here, flash(`A test is on its way to ${to}. It is in no figure.`));
}

export default function Sending() {
  const { name, here, checks, settings, mayWrite, problem, state, isSent } = useLoaderData<typeof loader>();
  const stops = checks.filter((check) => check.state === "stops").length;
  return (
    <>
      <PageHead
        title="Before sending"
        line={lineOf({ isSent, stops })}
        back={{ href: here, label: name }}
        actions={<ButtonLink href={`${here}/preview`}>Preview</ButtonLink>}
      />
      {problem ? <Banner tone={state === "paused" ? "bad" : "warn"}>{problem}</Banner> : null}
      <Columns
        side={
          <>
            <Panel
              title="How it is sent"
              actions={
                mayWrite ? (
                  <ButtonLink small href={`${here}/sending/settings`}>
                    Change
                  </ButtonLink>
                ) : undefined
              }
            >
              <Facts facts={settings} />
            </Panel>
            {mayWrite ? <Test /> : null}
          </>
        }
      >
        <Checks checks={checks} />
        {mayWrite ? <Begin /> : null}
      </Columns>
    </>
  );
}

function lineOf({ isSent, stops }: { isSent: boolean; stops: number }): string {
  if (isSent) return "It is sent. Whoever is added to its list can be sent it afterwards.";
  return stops > 0 ? "It cannot be sent yet." : "It can be sent. What to mind stands first.";
}

const looks = { fine: "done", mind: "attention", stops: "failed" } as const;
const words = { fine: "Fine", mind: "Worth a look", stops: "Stops it" };

function Checks({ checks }: { checks: Check[] }) {
  const { here } = useLoaderData<typeof loader>();
  return (
    <Table
      caption="What was checked"
      rows={checks}
      rowKey={({ key }) => key}
      columns={[
        { key: "title", label: "Checked", cell: ({ title }) => title },
        {
          key: "state",
          label: "How it stands",
          cell: ({ state }) => <Status of={looks[state]}>{words[state]}</Status>,
        },
        {
          key: "sentence",
          label: "What it means",
          onPhone: "plain",
          cell: ({ sentence, link }) => (
            <>
              {sentence} {link ? <a href={`${here}${link.path}`}>{link.label}</a> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Begin() {
  const { here, waiting, maySend, state, isEnded, isRunning, locale } = useLoaderData<typeof loader>();
  if (state === "judging" || state === "sending") {
    return (
      <div className="actions mt-4">
        <PostButton action={`${here}/sending/pause`}>Pause</PostButton>
        <span className="quiet">It is being sent.</span>
      </div>
    );
  }
  if (isEnded) return <p className="quiet mt-4">It is completed. Take it up again to send to the rest.</p>;
  if (!maySend) return null;
  const count = waiting === 1 ? "1 recipient" : `${waiting.toLocaleString(locale)} recipients`;
  return (
    <div className="actions mt-4">
      <PostButton tone="primary" action={`${here}/sending/begin`}>
        {isRunning ? `Go on sending to ${count}` : `Send to ${count}`}
      </PostButton>
      <span className="quiet">Each is judged once more at the moment of sending.</span>
    </div>
  );
}

function Test() {
  const { me } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<TestFormFields>({
    id: "test",
    defaultValue: { to: me, as: "first" },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <Panel title="Send a test" line="Marked [Test], in no figure, and its links answer for nobody.">
      <Form id={form.id} fields={[fields.to, fields.as]} errors={form.errors}>
        <TextField field={fields.to} label="To" type="email" autoComplete="email" />
        <RadioGroup
          field={fields.as}
          label="Written as to"
          options={[
            { value: "first", label: "The first on the list" },
            { value: "emptiest", label: "The one of whom the least is known" },
          ]}
        />
        <FormActions>
          <Button>Send the test</Button>
        </FormActions>
      </Form>
    </Panel>
  );
}
