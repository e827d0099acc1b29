import { type FieldMeta } from "~/ui/field";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { QrImage, SecretKey } from "~/ui/codes";
import { Form, FormActions } from "~/ui/form";
import { OutsideFrame } from "~/ui/outside-frame";
import { TextField } from "~/ui/text-field";

/** Setting up an authenticator app: scan or type, then the first code. At the first sign-in and when it is replaced. */
export function AuthenticatorSheet({
  offer,
  field,
  errors,
  place,
  cancelHref,
  notNow,
}: {
  offer: { secret: string; qrCode: string };
  field: FieldMeta;
  errors?: string[];
  place?: string;
  cancelHref?: string;
  /** It may be left for later: where a button posts to that says so. */
  notNow?: string;
}) {
  return (
    <OutsideFrame
      title="Set up your authenticator app"
      line="From now on signing in takes your password and a code from your phone. Any app for one-time codes will do."
      place={place}
      wide
    >
      <ol className="list-decimal space-y-5 pl-5">
        <li>
          <p className="mb-2">Scan this with the app:</p>
          <QrImage src={offer.qrCode} alt="QR code for your authenticator app; the same key is written below" />
        </li>
        <li>
          <p className="mb-2">Or type this key into the app (time-based, six digits):</p>
          <SecretKey value={offer.secret} />
        </li>
        <li>
          <p className="mb-3">Then enter the six digits that it shows:</p>
          <Form fields={[field]} errors={errors}>
            <TextField
              field={field}
              label="Code"
              look="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              enterKeyHint="go"
              maxLength={12}
            />
            <FormActions>
              <Button tone="primary">Turn it on</Button>
              {cancelHref ? <ButtonLink href={cancelHref}>Cancel</ButtonLink> : null}
            </FormActions>
          </Form>
        </li>
      </ol>
      {notNow ? <NotNow action={notNow} /> : null}
    </OutsideFrame>
  );
}

function NotNow({ action }: { action: string }) {
  return (
    <div className="mt-6">
      <p className="quiet mb-2">
        Your firm leaves this to you. Without it, whoever learns your password can sign in as you.
      </p>
      <PostButton action={action}>Not now</PostButton>
    </div>
  );
}
