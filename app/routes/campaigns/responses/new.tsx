import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { responseNames, responses } from "~/features/campaigns/campaign";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { type BadLine, readAnswerLines } from "~/features/campaigns/responses/answer-lines";
import { recordMany } from "~/features/campaigns/responses/record-many.server";
import { manyResponsesForm, type ManyResponsesFormFields } from "~/features/campaigns/responses/response-form";
import { undoLink } from "~/features/changes/undo-window";
import { notFound, refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { dateIn } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Checkbox, RadioGroup } from "~/ui/choice-field";
import { FieldRow, Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";
import { TextArea, TextField } from "~/ui/text-field";

/** All stand in the box to be mended; as many are told with their reason. */
const MOST_TOLD = 200;

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Record answers · ${data.name} · ${data.accountName}` : "Record answers" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const { id, name, currency, state } = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  return {
    ...{ name, currency, isDraft: state === "draft", mayAdd: state === "running" },
    accountName: scope.account.name,
    href: `/${scope.account.slug}/campaigns/${id}`,
    today: dateIn(scope.account.timeZone, scope.clock.now()),
  };
}

const refusals = {
  "is-draft": { at: "lines", message: "The campaign has not begun: nobody has been written to." },
  "in-future": { at: "respondedOn", message: "That day is still to come." },
  "has-ended": { at: "adds", message: "This campaign has ended: nobody is put on its list any more." },
  "at-work": {
    at: "adds",
    message: "Contacts are being put on the list already, or taken off it. Wait until that is done.",
  },
};

interface Told {
  text: string;
  undoHref: string | null;
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  const { locale } = scope.place;
  const schema = manyResponsesForm({ currency: campaign.currency, locale });
  const submission = parseWithZod(await readForm(args.request), { schema });
  if (submission.status !== "success") return refused(submission.reply());
  const { lines: typed, adds, value: valueMinor, ...answer } = submission.value;
  const { lines, bad: unread } = readAnswerLines(typed);
  const result = await recordMany(scope, campaign.id, lines, { answer: { ...answer, valueMinor }, adds });
  if (!result.ok) {
    const { at, message } = result.reason === "not-found" ? notFound() : refusals[result.reason];
    return refused(submission.reply({ fieldErrors: { [at]: [message] } }));
  }
  const { slug } = scope.account;
  const bad = [...unread, ...result.bad];
  const undo = result.changeSetId === null ? undefined : undoLink(slug, result.changeSetId);
  const told = { text: toldOf(result, locale), undoHref: undo?.href ?? null };
  if (bad.length === 0) return redirectTo(args, `/${slug}/campaigns/${campaign.id}`, flash(told.text, undo));
  return refused(withLines(submission.reply({ fieldErrors: { lines: [notTaken(bad)] } }), bad), told, bad);
}

function refused(reply: SubmissionResult<string[]>, told: Told | null = null, bad: BadLine[] = []) {
  return refuse({ reply, told, bad });
}

function notTaken({ length }: readonly BadLine[]): string {
  return length === 1 ? "This line was not taken." : "These lines were not taken.";
}

/** What was taken is not offered again. */
function withLines(reply: SubmissionResult<string[]>, bad: readonly BadLine[]): SubmissionResult<string[]> {
  const lines = bad.map(({ text }) => text).join("\n");
  return { ...reply, initialValue: { ...reply.initialValue, lines } };
}

/** "960 answers recorded. 3 were recorded so already." */
function toldOf({ recorded, same }: { recorded: number; same: number }, locale: string): string {
  const before =
    same === 0 ? "" : ` ${same.toLocaleString(locale)} ${same === 1 ? "was" : "were"} recorded so already.`;
  return `${recorded.toLocaleString(locale)} ${recorded === 1 ? "answer" : "answers"} recorded.${before}`;
}

export default function RecordMany() {
  const { href, name, isDraft } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="Record answers"
        line="The same answer of many at once: paste or scan the codes of their letters, or their emails."
        back={{ href, label: name }}
      />
      {isDraft ? <Banner tone="warn">The campaign has not begun: there are no answers to record yet.</Banner> : null}
      {refused?.told ? (
        <Banner
          tone="warn"
          undo={refused.told.undoHref === null ? undefined : { href: refused.told.undoHref, method: "post" }}
        >
          {refused.told.text}
        </Banner>
      ) : null}
      {refused && refused.bad.length > 0 ? <NotTaken bad={refused.bad} /> : null}
      <Answers />
    </>
  );
}

function NotTaken({ bad }: { bad: readonly BadLine[] }) {
  const rows = bad.slice(0, MOST_TOLD).map((line, place) => ({ ...line, id: String(place) }));
  return (
    <Panel title={bad.length === 1 ? "1 line was not taken" : `${bad.length.toLocaleString()} lines were not taken`}>
      <Table
        caption="Lines that were not taken, and why"
        rows={rows}
        rowKey={({ id }) => id}
        bare
        columns={[
          { key: "text", label: "Line", cell: ({ text }) => text },
          { key: "why", label: "Why", cell: ({ why }) => why },
        ]}
      />
      {bad.length > MOST_TOLD ? <p>The others stand in the box below, too.</p> : null}
    </Panel>
  );
}

function Answers() {
  const { href, currency, today, mayAdd } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, fields] = useForm<ManyResponsesFormFields>({
    id: "responses",
    defaultValue: { response: "responded", respondedOn: today },
    lastResult: refused?.reply as SubmissionResult<string[]> | undefined,
  });
  const { response, respondedOn, value, note, lines, adds } = fields;
  return (
    <Form id={form.id} fields={[lines, response, respondedOn, value, note, adds]} errors={form.errors}>
      <TextArea
        field={lines}
        label="Codes or emails"
        hint="One to a line. What cannot be taken is listed afterwards, and the rest is recorded."
        rows={8}
      />
      {mayAdd ? <Checkbox field={adds} label="Put contacts who are not on the list onto it" /> : null}
      <RadioGroup
        field={response}
        label="How they answered"
        options={responses.map((value) => ({ value, label: responseNames[value] }))}
      />
      <FieldRow>
        <TextField field={respondedOn} label="On" type="date" look="short" hint="The day of the answer." />
        <TextField
          field={value}
          label={`Value of each in ${currency}`}
          hint="Of a conversion."
          optional
          inputMode="decimal"
          look="short"
          autoComplete="off"
        />
      </FieldRow>
      <TextArea field={note} label="Note" optional rows={2} />
      <FormActions>
        <Button tone="primary">Record the answers</Button>
        <ButtonLink href={href}>Back to the campaign</ButtonLink>
      </FormActions>
    </Form>
  );
}
