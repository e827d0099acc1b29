import { emailHref } from "~/features/contacts/values/email-address";
import { EmailText } from "~/features/contacts/values/email-text";
import { phoneHref, phoneText } from "~/features/contacts/values/phone-display";

export function EmailLink({ address }: { address: string }) {
  return (
    <a href={emailHref(address)}>
      <EmailText text={address} />
    </a>
  );
}

/** `home`: ISO 3166-1 alpha-2, the account's own. */
export function PhoneLink({ value, home }: { value: string; home: string }) {
  const href = phoneHref(value);
  return href ? <a href={href}>{phoneText(value, home)}</a> : value;
}
