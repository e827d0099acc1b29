import { Strategy } from "remix-auth/strategy";
import { type PasswordOutcome } from "~/features/sign-in/sign-in.server";

export interface TypedCredentials {
  email: string;
  password: string;
}

/**
 * The remix-auth strategy for email and password. Its "user" is the outcome of the step, not a person: what comes next
 * is the second factor, and sessions are ours (remix-auth 4 keeps none). `verify` is `tryPassword` on a scope.
 */
export class PasswordStrategy extends Strategy<PasswordOutcome, TypedCredentials> {
  override name = "password";

  /** Reads the two fields of the sign-in form. The route has looked at the form before: nothing here can be missing. */
  override async authenticate(request: Request): Promise<PasswordOutcome> {
    const form = await request.formData();
    return this.verify({ email: String(form.get("email") ?? ""), password: String(form.get("password") ?? "") });
  }
}
