import { type SubmissionResult, useForm } from "@conform-to/react";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CallFields } from "~/features/campaigns/call-desk/call-fields";
import { type CallFormFields } from "~/features/campaigns/call-desk/call-form";
import { DialPanel, KnownPanel, SaidPanel } from "~/features/campaigns/call-desk/called-panels";
import { TreeText } from "~/features/campaigns/text/tree-text";
import { ConsentPanel } from "~/features/contacts/consent/consent-panel";
import { requireScope } from "~/http/scope.server";
import { answerCall } from "~/routes/campaigns/call-desk/answer-call.server";
import { calledPage } from "~/routes/campaigns/call-desk/called-page.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · ${data.campaignName} · ${data.accountName}` : "Call" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { campaignId = "", contactId = "" } = args.params;
  const page = await calledPage(scope, { campaignId, contactId });
  return { accountName: scope.account.name, place: scope.place, ...page };
}

export async function action(args: ActionFunctionArgs) {
  return answerCall(args, await requireScope(args, "campaigns.write"));
}

export default function CalledPage() {
  const { name, line, desk, campaignName, contactHref, script, warning, leftOut, ...page } =
    useLoaderData<typeof loader>();
  const isAnswered = useActionData<typeof action>() !== undefined;
  const isMine = page.reservation.isMine || isAnswered;
  return (
    <>
      <PageHead
        title={name}
        line={line}
        back={{ href: desk, label: campaignName }}
        actions={contactHref ? <ButtonLink href={contactHref}>The contact</ButtonLink> : undefined}
      />
      {leftOut ? <Banner tone="warn">Left out: {leftOut}.</Banner> : null}
      {warning ? <Banner tone="bad">{warning}</Banner> : null}
      <Reservation />
      <Columns side={<Side />}>
        {isMine ? <Dial /> : null}
        {script.length > 0 ? (
          <Panel title="What to say">
            <TreeText parts={script} />
          </Panel>
        ) : null}
        {isMine ? <Record /> : null}
      </Columns>
    </>
  );
}

/** On another's page, or on nobody's. */
function Reservation() {
  const { reservation, mayTake, here } = useLoaderData<typeof loader>();
  const { isMine, by, until } = reservation;
  if (by) return <Banner tone="warn">{`${by} has them on their page until ${until}.`}</Banner>;
  if (isMine || !mayTake) return null;
  return (
    <div className="actions mb-3">
      <span>On nobody’s page.</span>
      <PostButton tone="primary" action={`${here}/reservation`}>
        Call them now
      </PostButton>
    </div>
  );
}

function Dial() {
  const { numbers, there, warning, reservation, here } = useLoaderData<typeof loader>();
  return (
    <DialPanel numbers={warning ? [] : numbers}>
      {there?.warning ? (
        <div className="mt-3">
          <Banner tone="warn">{there.warning}</Banner>
        </div>
      ) : null}
      {there ? (
        <p className="quiet mt-3">
          {there.clock}
          {there.isKnown ? "" : " Nobody knows where they are, so this is the time here."}
        </p>
      ) : null}
      {reservation.isMine ? (
        <div className="actions mt-3">
          <span>On your page until {reservation.until}.</span>
          <PostButton action={`${here}/reservation`}>Keep them longer</PostButton>
          <PostButton action={`${here}/leaving`}>Leave this one</PostButton>
        </div>
      ) : null}
    </DialPanel>
  );
}

/** One that is known to be bad is not told to be wrong again, unless all are. */
function toBlame<Number extends { warning: string | null }>(numbers: readonly Number[]): readonly Number[] {
  const good = numbers.filter(({ warning }) => !warning);
  return good.length > 0 ? good : numbers;
}

function Record() {
  const { currency, numbers, there, after, desk } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<CallFormFields>({
    id: "call",
    defaultValue: { day: there?.tomorrow ?? "" },
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  const offered = toBlame(numbers);
  const only = offered.length === 1 ? offered[0]?.value : undefined;
  return (
    <Panel title="What came of it">
      <div className="call-form">
        <Form
          id={form.id}
          hidden={{ after, zone: there?.zone ?? "", ...(only ? { number: only } : {}) }}
          fields={[fields.outcome, fields.value, fields.day, fields.time, fields.number, fields.note]}
          errors={form.errors}
        >
          <CallFields fields={fields} currency={currency} clock={there?.clock ?? ""} numbers={offered} />
          <FormActions>
            <Button tone="primary" name="then" value="next">
              Save and next
            </Button>
            <Button name="then" value="stop">
              Save and stop
            </Button>
            <ButtonLink href={desk}>Back to the desk</ButtonLink>
          </FormActions>
        </Form>
      </div>
    </Panel>
  );
}

function Side() {
  const { facts, emails, related, notes, contactsHref, contact, calls, answers, place } =
    useLoaderData<typeof loader>();
  return (
    <>
      <SaidPanel title="Earlier calls" lines={calls} />
      <KnownPanel facts={facts} emails={emails} related={related} notes={notes} contactsHref={contactsHref} />
      <SaidPanel title="Other answers" lines={answers} />
      {contact ? (
        <ConsentPanel
          marks={contact.marks}
          place={place}
          markHref={null}
          liftHref={() => ""}
          suppressed={contact.suppressed}
          suppressionsHref={null}
        />
      ) : null}
    </>
  );
}
