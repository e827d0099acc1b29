import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MOST_CODES, recordReturned, type ReturnedResult } from "~/features/campaigns/letters/returned.server";
import { returnedProblems } from "~/features/campaigns/letters/returned-words";
import { readTypedCodes } from "~/features/campaigns/letters/typed-codes";
import { undoLink } from "~/features/changes/undo-window";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { type FieldMeta } from "~/ui/field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextArea, TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Returned letters · Campaigns · ${data.accountName}` : "Returned letters" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { account } = await requireScope(args, "campaigns.write");
  return { accountName: account.name, base: `/${account.slug}/campaigns`, isMany: isMany(args.request) };
}

/** A scanner ends each code with Enter, which sends a line and not a box of lines: so there are two ways to ask. */
function isMany(request: Request): boolean {
  return new URL(request.url).searchParams.get("many") === "yes";
}

const NAMED = 3;

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const typed = onlyText(await readForm(args.request), "codes");
  const count = readTypedCodes(typed).length;
  if (count === 0) return refuse({ typed, errors: ["Type or scan the code of a letter that came back."], taken: null });
  if (count > MOST_CODES) {
    const most = MOST_CODES.toLocaleString(scope.place.locale);
    return refuse({ typed, errors: [`These are more than ${most} codes. Take them in several goes.`], taken: null });
  }
  const result = await recordReturned(scope, typed);
  const undo = undoLink(scope.account.slug, result.changeSetId);
  const words = takenWords(result, scope.place.locale);
  if (result.refused.length === 0) {
    const here = `/${scope.account.slug}/campaigns/returned${isMany(args.request) ? "?many=yes" : ""}`;
    return redirectTo(args, here, flash(words, undo));
  }
  const isOne = count === 1;
  const errors = result.refused.map(
    ({ typed, line, reason }) => `${isOne ? "" : `Line ${line}: `}${typed} ${returnedProblems[reason]}`,
  );
  // What was taken does not stand in the box for a second time.
  const left = result.refused.map(({ typed }) => typed).join("\n");
  return refuse({ typed: left, errors, taken: result.taken.length > 0 ? { words, undo } : null });
}

function takenWords({ taken }: ReturnedResult, locale: string): string {
  const names = taken.slice(0, NAMED).map(({ name }) => name);
  const more = taken.length - names.length;
  const who = new Intl.ListFormat("en-GB").format([
    ...names,
    ...(more > 0 ? [`${more.toLocaleString(locale)} more`] : []),
  ]);
  const [first] = taken;
  const of = taken.length === 1 && first ? ` (${first.campaign})` : "";
  return `Came back: ${who}${of}. Nothing is sent to ${taken.length === 1 ? "that address" : "those addresses"} any more.`;
}

export default function Returned() {
  const { base, isMany } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  // The next scan must not be added to what was refused, which the sentence names; and the cursor stays in the box.
  const codes = { name: "codes", initialValue: isMany ? (refused?.typed ?? "") : "", errors: refused?.errors };
  return (
    <>
      <PageHead
        title="Returned letters"
        line="The code stands above the address. The letter counts as returned, and nothing is sent to its address any more."
        back={{ href: base, label: "Campaigns" }}
      />
      {refused?.taken ? (
        <Banner tone="good" undo={refused.taken.undo}>
          {refused.taken.words}
        </Banner>
      ) : null}
      <Form fields={isMany ? [codes] : undefined}>
        <CodeBox isMany={isMany} field={codes} />
        <Sending />
      </Form>
    </>
  );
}

function CodeBox({ isMany, field }: { isMany: boolean; field: FieldMeta }) {
  if (isMany) {
    return (
      <TextArea
        field={field}
        label="Codes"
        hint="One a line."
        rows={10}
        autoFocus
        autoComplete="off"
        spellCheck={false}
      />
    );
  }
  return (
    <TextField
      field={field}
      label="Code"
      hint="Type or scan it, like 7K3QX9. The next one can follow at once."
      look="short"
      autoFocus
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
    />
  );
}

function Sending() {
  const { base, isMany } = useLoaderData<typeof loader>();
  return (
    <FormActions>
      <Button tone="primary">{isMany ? "They came back" : "It came back"}</Button>
      <ButtonLink href={`${base}/returned${isMany ? "" : "?many=yes"}`}>
        {isMany ? "One at a time" : "Several at once"}
      </ButtonLink>
    </FormActions>
  );
}
