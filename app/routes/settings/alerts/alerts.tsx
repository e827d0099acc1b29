import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addressProblem, findAlertWebhook, saveAlertWebhook } from "~/features/connectors/alerts/webhook.server";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { SettingsPage } from "~/routes/settings/settings-page";
import { type RouteHandle } from "~/route-handle";
import { Banner } from "~/ui/banner";
import { Button, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Alerts · Settings · ${data.name}` : "Alerts" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const webhook = await findAlertWebhook(scope);
  const { name, slug } = scope.account;
  const at = (instant: string) => formatInstant(scope.place, instant);
  return {
    ...{ name, slug },
    webhook: webhook && {
      host: webhook.host,
      made: at(webhook.madeAt),
      told: webhook.toldAt ? at(webhook.toldAt) : "Nothing yet",
      problem: webhook.problem && { at: at(webhook.problem.at), words: webhook.problem.words },
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const address = onlyText(await readForm(args.request), "address").trim();
  const error = addressProblem(address, args.context.env.providers.sandboxOrigins);
  if (error !== null) return refuse({ address: address.slice(0, 1_000), error });
  await saveAlertWebhook(scope, address);
  const told = flash("The address is saved. Send a test to see whether it arrives.");
  return redirectTo(args, `/${scope.account.slug}/settings/alerts`, told);
}

export default function Alerts() {
  const { slug, webhook } = useLoaderData<typeof loader>();
  return (
    <SettingsPage
      slug={slug}
      part="/alerts"
      title="Alerts"
      line="When reading from a connector fails, stops to ask, has to be connected again or works again, administrators see it behind the bell, and by mail if they asked for that on the page about them. A channel of yours can be told, too."
    >
      {webhook?.problem ? (
        <Banner tone="warn">
          The last message did not arrive. {webhook.problem.words} ({webhook.problem.at})
        </Banner>
      ) : null}
      {webhook ? <Told /> : null}
      <Panel
        title={webhook ? "Another address" : "Tell a channel"}
        line="An incoming webhook of Slack, or of a program that takes the same (Mattermost, Rocket.Chat). It is told what happened and a link to the page here, and no names."
      >
        <AddressForm />
      </Panel>
    </SettingsPage>
  );
}

function Told() {
  const { slug, webhook } = useLoaderData<typeof loader>();
  if (!webhook) return null;
  const here = `/${slug}/settings/alerts`;
  return (
    <Panel
      title="Told, too"
      line="The whole address is kept encrypted and not shown again: whoever knows it can write there."
      actions={
        <PostButton small action={`${here}/testing`}>
          Send a test
        </PostButton>
      }
    >
      <Facts
        facts={[
          { label: "Address", value: `${webhook.host}/…` },
          { label: "Entered", value: webhook.made },
          { label: "Last told", value: webhook.told },
        ]}
      />
      <div className="mt-4">
        <PostButton tone="bare" action={`${here}/removal`}>
          Take it away
        </PostButton>
      </div>
    </Panel>
  );
}

function AddressForm() {
  const { webhook } = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>();
  const address = { name: "address", value: wrong?.address, errors: wrong && [wrong.error] };
  return (
    <Form fields={[address]}>
      <TextField
        field={address}
        label="Address"
        hint="Such as https://hooks.slack.com/services/T…/B…/…."
        type="url"
        autoComplete="off"
        spellCheck={false}
      />
      <FormActions>
        <Button tone={webhook ? "plain" : "primary"}>{webhook ? "Replace it" : "Save"}</Button>
      </FormActions>
    </Form>
  );
}
