import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { linksOfNobody, readLetter, writeLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { findReader, type WhichReader } from "~/features/campaigns/mailing/find-reader.server";
import { mergeFields } from "~/features/campaigns/text/merge-fields";
import { requireScope } from "~/http/scope.server";
import { findEmailCampaign } from "~/routes/campaigns/sending/find-email-campaign.server";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Preview · ${data.name} · ${data.accountName}` : "Preview" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const campaign = await findEmailCampaign(scope, args.params.campaignId);
  const letter = await readLetter(scope, campaign);
  const which = readWhich(new URL(args.request.url).searchParams);
  const found = await findReader(scope, campaign.id, { which, facts: letter.facts });
  const here = `/${scope.account.slug}/campaigns/${campaign.id}`;
  const base = { accountName: scope.account.name, name: campaign.name, here, which: whichName(which) };
  if (!found) return { ...base, shown: null };
  const { person, cursor } = found;
  const links = linksOfNobody(scope, args.context.env.appOrigin, campaign.id);
  const { subject, text, blank } = writeLetter(letter, person.values, links);
  const fields = mergeFields(letter.facts.fields, { withLinks: true }).fields;
  const from = args.context.env.mail?.from.address;
  return {
    ...base,
    shown: {
      ...{ subject, text, name: person.name, email: person.email ?? "", contactId: person.contactId },
      from: [letter.senderName, from && `<${from}>`].filter(Boolean).join(" "),
      replyTo: letter.replyTo,
      blank: blank.map((key) => fields.find((field) => field.key === key)?.name ?? key),
      nextHref: `${here}/preview?${new URLSearchParams({ key: cursor.afterKey, after: cursor.afterId })}`,
    },
  };
}

function readWhich(params: URLSearchParams): WhichReader {
  const [who, key, after] = [params.get("who"), params.get("key"), params.get("after")];
  if (who === "emptiest") return "emptiest";
  if (who) return { contactId: who };
  return key !== null && after ? { afterKey: key, afterId: after } : "first";
}

function whichName(which: WhichReader): "first" | "emptiest" | "other" {
  return typeof which === "string" ? which : "other";
}

export default function Preview() {
  const { here, name, shown, which } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Preview"
        line={
          shown
            ? `As ${shown.name} would get it${which === "emptiest" ? ": the recipient of whom the least is known" : ""}.`
            : undefined
        }
        back={{ href: here, label: name }}
        actions={
          <>
            {which === "first" ? null : <ButtonLink href={`${here}/preview`}>The first</ButtonLink>}
            {which === "emptiest" ? null : (
              <ButtonLink href={`${here}/preview?who=emptiest`}>The emptiest record</ButtonLink>
            )}
            {shown ? <ButtonLink href={shown.nextHref}>The next</ButtonLink> : null}
          </>
        }
      />
      {shown ? <Shown /> : <Empty>There is nobody more to show it for. Its list has no other recipient.</Empty>}
    </>
  );
}

function Shown() {
  const { here, shown } = useLoaderData<typeof loader>();
  if (!shown) return null;
  const { subject, text, from, replyTo, name, email, contactId, blank } = shown;
  return (
    <>
      {blank.length > 0 ? <Banner tone="warn">Blank here: {blank.join(", ")}.</Banner> : null}
      <Facts
        facts={[
          { label: "From", value: from },
          { label: "To", value: `${name} <${email}>` },
          ...(replyTo ? [{ label: "Replies go to", value: replyTo }] : []),
          { label: "Subject", value: subject || "(no subject)" },
        ]}
      />
      <div className="mt-4 grid gap-4 *:min-w-0 lg:grid-cols-2">
        <Panel title="As most see it" line="Its links lead nowhere: nobody answers in another’s name.">
          <iframe
            className="h-160 w-full rounded border border-line bg-white"
            sandbox=""
            src={`${here}/preview/html?who=${contactId}`}
            title="The mail as most see it"
          />
        </Panel>
        <Panel title="As plain text" line="For programs that show no other.">
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
        </Panel>
      </div>
    </>
  );
}
