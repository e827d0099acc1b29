import { type FieldMeta } from "~/ui/field";
import { TextField } from "~/ui/text-field";

interface ProofFieldsProps {
  email: string;
  password: FieldMeta;
  /** Left out for who has no second factor. */
  code: FieldMeta | null;
}

/** Asks for password and code once more. */
export function ProofFields({ email, password, code }: ProofFieldsProps) {
  return (
    <>
      {/* For password managers, which go by the name; without a name of its own it is not sent. */}
      <input hidden readOnly autoComplete="username" defaultValue={email} />
      <TextField field={password} label="Your present password" type="password" autoComplete="current-password" />
      {code ? (
        <TextField
          field={code}
          label="Code"
          hint="Six digits from your authenticator app, or one of your recovery codes."
          autoComplete="one-time-code"
          maxLength={60}
          spellCheck={false}
        />
      ) : null}
    </>
  );
}
