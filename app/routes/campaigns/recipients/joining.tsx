import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { channelNames, stateNames } from "~/features/campaigns/campaign";
import { addContacts, addFrom } from "~/features/campaigns/recipients/add-recipients.server";
import { listOpenCampaigns } from "~/features/campaigns/recipients/open-campaigns.server";
import { type Chosen, chosenIn } from "~/features/contacts/bulk/chosen-in.server";
import { countedContacts } from "~/features/contacts/contact";
import { viewQuery } from "~/features/contacts/list/contact-list";
import { countLine } from "~/features/contacts/list/count-line";
import { listChoices } from "~/features/contacts/list/list-choices.server";
import { listContacts } from "~/features/contacts/list/list-contacts.server";
import { refuse } from "~/http/answers.server";
import { listBehind } from "~/http/back.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { type RouteHandle } from "~/route-handle";
import { additionRefusals, answerAddition } from "~/routes/campaigns/recipients/take-in.server";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Empty } from "~/ui/empty";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Put on a campaign's list · ${data.accountName}` : "Put on a campaign's list" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const chosen = chosenIn(args.request);
  const base = `/${scope.account.slug}`;
  return {
    accountName: scope.account.name,
    listHref: listBehind(args, `${base}/contacts`) ?? `${base}/contacts`,
    newHref: `${base}/campaigns/new`,
    line: await lineOf(scope, chosen),
    isNobody: "ids" in chosen && chosen.ids.length === 0,
    campaigns: (await listOpenCampaigns(scope)).map(({ id, name, channel, state }) => ({
      value: id,
      label: `${name} (${channelNames[channel].toLowerCase()}, ${stateNames[state].toLowerCase()})`,
    })),
  };
}

async function lineOf(scope: Scope, chosen: Chosen): Promise<string> {
  const { locale } = scope.place;
  if ("ids" in chosen) return `${countedContacts(chosen.ids.length, locale)} chosen.`;
  const { counts } = await listChoices(scope, chosen.view);
  return `All of the list: ${countLine(chosen.view, await listContacts(scope, chosen.view, counts), locale)}`;
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaignId = onlyText(await readForm(args.request), "campaign");
  if (campaignId === "") return refuse({ campaignId, problem: "Choose a campaign." });
  const chosen = chosenIn(args.request);
  const result =
    "ids" in chosen
      ? await addContacts(scope, campaignId, chosen.ids)
      : await addFrom(scope, campaignId, { from: "list", query: viewQuery(chosen.view), name: null });
  if (!result.ok) return refuse({ campaignId, problem: additionRefusals[result.reason] });
  const told = answerAddition({ ...result, unknown: [] }, scope.place.locale);
  return redirectTo(args, `/${scope.account.slug}/campaigns/${campaignId}`, told);
}

export default function JoinCampaign() {
  const { listHref, newHref, line, isNobody, campaigns } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const field = {
    id: "campaign",
    name: "campaign",
    required: true,
    initialValue: refused?.campaignId,
    errors: refused ? [refused.problem] : undefined,
  };
  const why = isNobody
    ? "None are chosen. Tick the contacts, then press To a campaign."
    : "No campaign is planned or running. Make one first; then tick the contacts again.";
  return (
    <>
      <PageHead
        title="Put on a campaign’s list"
        line={isNobody ? undefined : line}
        back={{ href: listHref, label: "Contacts" }}
      />
      {isNobody || campaigns.length === 0 ? (
        <Empty
          actions={
            isNobody ? (
              <ButtonLink href={listHref}>Back to the contacts</ButtonLink>
            ) : (
              <ButtonLink tone="primary" href={newHref}>
                New campaign
              </ButtonLink>
            )
          }
        >
          {why}
        </Empty>
      ) : (
        <Form fields={[field]}>
          <Select
            field={field}
            label="Campaign"
            hint="Who is on its list already stays there once. Who cannot or must not be written to is left out, and counted with the reason."
            empty="Choose one"
            options={campaigns}
          />
          <FormActions>
            <Button tone="primary">Put them on the list</Button>
            <ButtonLink href={listHref}>Cancel</ButtonLink>
          </FormActions>
        </Form>
      )}
    </>
  );
}
