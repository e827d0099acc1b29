import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { mask } from "~/features/connectors/mapping-help/mask";
import { type ModelFields, modelForm, MOST_SAMPLES } from "~/features/connectors/mapping-help/model-form.server";
import {
  findModelSettings,
  type ModelSettings,
  saveModelSettings,
} from "~/features/connectors/mapping-help/model-settings.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { LeavesTheHouse } from "~/routes/settings/model/leaves-the-house";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Banner } from "~/ui/banner";
import { Button, PostButton } from "~/ui/button";
import { RadioGroup, Select } from "~/ui/choice-field";
import { type FieldMeta } from "~/ui/field";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { TextField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Help with columns · Settings · ${data.name}` : "Help with columns" },
];

export const handle = { narrow: true } satisfies RouteHandle;

/** Of nobody: shown so that people see what a mask leaves. */
const examples = ["Folasade Adebayo", "f.adebayo@kiln.example", "+44 20 7946 0182", "1958-03-04"];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const model = await findModelSettings(scope);
  const { name, slug } = scope.account;
  return {
    ...{ name, slug, model, mostSamples: MOST_SAMPLES, version: model?.version ?? 0, defaults: defaultsOf(model) },
    host: model && new URL(model.address).host,
    tested: model?.test ? { at: formatInstant(scope.place, model.test.at), problem: model.test.problem } : null,
    masked: examples.map((value) => ({ value, sent: mask(value) })),
  };
}

/** Off, unless somebody has said otherwise. */
function defaultsOf(model: ModelSettings | null) {
  if (!model) return { samples: "3", isOn: "no" as const };
  const { address, model: name, samples, isOn } = model;
  return { address, model: name, samples: String(samples), isOn: isOn ? ("yes" as const) : ("no" as const) };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const { sandboxOrigins } = args.context.env.providers;
  const submission = parseWithZod(await readForm(args.request), { schema: modelForm(sandboxOrigins) });
  if (submission.status !== "success")
    return refuse({ reply: submission.reply({ hideFields: ["key"] }), version: null });
  const saved = await saveModelSettings(scope, submission.value);
  if (saved.ok) return redirectTo(args, `/${scope.account.slug}/settings/model`, flash("Saved."));
  if (saved.reason === "key-again") {
    const key = ["Enter the key again: it is sent nowhere but to the address it was entered for."];
    return refuse({ reply: submission.reply({ fieldErrors: { key } }), version: null });
  }
  const now = await findModelSettings(scope);
  const formErrors = [
    "Somebody else has changed these settings while you had them open. Look them over, and save again to have yours instead.",
  ];
  return refuse({ reply: submission.reply({ formErrors, hideFields: ["key"] }), version: now?.version ?? 0 });
}

const switchChoices = [
  { value: "no", label: "Off", hint: "Nothing is sent. Columns go where the rules, and you, say." },
  {
    value: "yes",
    label: "On",
    hint: "An administrator can ask it about columns that no rule knows. It is never asked by itself, and what it proposes is used only when a person has taken it over.",
  },
];

export default function ModelSettingsPage() {
  const { slug, model, host, masked, defaults } = useLoaderData<typeof loader>();
  return (
    <SettingsPage
      slug={slug}
      part="/model"
      title="Help with columns"
      line="A model can propose where a connector’s columns go when no rule knows them. Any service that speaks OpenAI’s API will do, one of your own, too."
    >
      <ModelForm />
      <div className="mt-8">
        <LeavesTheHouse masked={masked} samples={Number(defaults.samples)} host={host} isOn={model?.isOn ?? false} />
        {model ? <Trying /> : null}
      </div>
    </SettingsPage>
  );
}

function ModelForm() {
  const { model, mostSamples, version, defaults } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const [form, fields] = useForm<ModelFields>({ id: "model", lastResult: refused?.reply, defaultValue: defaults });
  const { address, model: name, key, samples, isOn } = fields;
  const hidden = { version: String(refused?.version ?? version) };
  return (
    <Form fields={[address, name, key, samples, isOn]} errors={form.errors} hidden={hidden}>
      <WhereFields address={address} name={name} />
      <KeyField field={key} isKept={model?.hasKey === true} />
      <Select
        field={samples}
        label="Masked samples of each column"
        hint="With samples it is right more often. A mask keeps the shape of a value and nothing of what it says."
        options={Array.from({ length: mostSamples + 1 }, (_, count) => ({
          value: String(count),
          label: count === 0 ? "None: names of columns only" : String(count),
        }))}
      />
      <RadioGroup field={isOn} label="Whether it is asked" options={switchChoices} />
      <FormActions>
        <Button tone="primary">Save</Button>
      </FormActions>
    </Form>
  );
}

function WhereFields({ address, name }: { address: FieldMeta; name: FieldMeta }) {
  return (
    <>
      <TextField
        field={address}
        label="Address"
        hint="Like https://api.openai.com/v1. It has to be open to the internet."
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
      />
      <TextField
        field={name}
        label="Model"
        hint="Its name, as the service writes it."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
    </>
  );
}

function KeyField({ field, isKept }: { field: FieldMeta; isKept: boolean }) {
  const hint = isKept
    ? "One is kept, encrypted. Leave this empty to keep it."
    : "It is encrypted and never shown again. Leave it empty where the service asks for none.";
  return <TextField field={field} label="Key" type="password" autoComplete="off" optional hint={hint} />;
}

function Trying() {
  const { slug, tested, host } = useLoaderData<typeof loader>();
  const page = `/${slug}/settings/model`;
  return (
    <Panel title="Try it" line={`Asks ${host} about a made-up column. Nothing of yours is sent.`}>
      {tested ? (
        <div className="mb-4">
          <Banner tone={tested.problem === null ? "good" : "warn"}>
            {tested.problem ?? "It answered as it should."} <span className="quiet">{tested.at}</span>
          </Banner>
        </div>
      ) : null}
      <div className="actions">
        <PostButton action={`${page}/testing`}>Try it</PostButton>
        <PostButton action={`${page}/removal`} tone="danger">
          Take it away, with its key
        </PostButton>
      </div>
    </Panel>
  );
}
