import { emailHref } from "~/features/contacts/email-address";
import { EmailText } from "~/features/contacts/email-text";
import { phoneHref, phoneText } from "~/features/contacts/phone-display";

export function EmailLink({ address }: { address: string }) {
  return (
    <a href={emailHref(address)}>
      <EmailText text={address} />
    </a>
  );
}

export function PhoneLink({ value }: { value: string }) {
  const href = phoneHref(value);
  return href ? <a href={href}>{phoneText(value)}</a> : value;
}
