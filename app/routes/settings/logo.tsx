import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { logoHref } from "~/features/accounts/logo-address";
import { MAX_LOGO_BYTES, replaceLogo } from "~/features/accounts/logo.server";
import { logoAdvice } from "~/features/accounts/logo-words";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { MAX_PIXELS_A_SIDE } from "~/platform/pictures/picture-reading";
import { type RouteHandle } from "~/route-handle";
import { readUpload, UPLOAD_TOO_LARGE } from "~/http/read-upload.server";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { LogoPicture } from "~/ui/logo-picture";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { FileField } from "~/ui/text-field";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Logo · Settings · ${data.name}` : "Logo" },
];

/** The logo, and what a form has round a file. */
export const handle = { narrow: true, uploadBytes: 1_010_000 } satisfies RouteHandle;

export async function loader(args: LoaderFunctionArgs) {
  const { account, place } = await requireScope(args, "settings.read");
  const most = MAX_PIXELS_A_SIDE.toLocaleString(place.locale);
  return { name: account.name, most, base: `/${account.slug}/settings`, logo: logoHref(account) };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const sent = await readUpload(args.request, ({ bytes }) => upTo(MAX_LOGO_BYTES, bytes));
  if (sent === null) return refuse({ error: "Choose a file first." });
  const outcome =
    sent === UPLOAD_TOO_LARGE ? ({ ok: false, reason: "too-large" } as const) : await replaceLogo(scope, sent);
  if (!outcome.ok) return refuse({ error: logoAdvice(outcome, scope.place) });
  return redirectTo(args, `/${scope.account.slug}/settings`, flash("The logo is saved."));
}

/** All of it in memory, as it is small; of what is longer the rest is let go by. */
async function upTo(most: number, source: AsyncIterable<Uint8Array>): Promise<Buffer | typeof UPLOAD_TOO_LARGE> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length <= most) pieces.push(piece);
  }
  return length > most ? UPLOAD_TOO_LARGE : Buffer.concat(pieces);
}

export default function Logo() {
  const { base, logo, most } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error;
  const file = { name: "file", id: "logo-file", errors: error === undefined ? undefined : [error] };
  return (
    <>
      <PageHead title="Logo" back={{ href: base, label: "Settings" }} />
      {logo ? (
        <Panel title="The present logo">
          <LogoPicture src={logo} alt="Your present logo" large />
          <div className="mt-4">
            <PostButton action={`${base}/logo/removal`} tone="danger" small>
              Remove the logo
            </PostButton>
          </div>
        </Panel>
      ) : null}
      <Form multipart fields={[file]}>
        <FileField
          field={file}
          label={logo ? "Another logo" : "Your logo"}
          hint={`A PNG or JPEG file of at most 1 MB and ${most} × ${most} pixels. Where and when a photograph was taken is removed from it.`}
          accept="image/png,image/jpeg"
        />
        <FormActions>
          <Button tone="primary">Save</Button>
          <ButtonLink href={base}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
