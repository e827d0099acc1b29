import { type ButtonHTMLAttributes, type ReactNode } from "react";

/** `danger` leads to a page that asks; `sure` is the button there that does it; `bare` looks like a link. */
export type ButtonTone = "plain" | "primary" | "danger" | "sure" | "bare";

interface ButtonLook {
  tone?: ButtonTone;
  small?: boolean;
  /** As wide as its column. */
  full?: boolean;
}

function buttonClass({ tone = "plain", small, full }: ButtonLook): string {
  const toneClass = { plain: "", primary: " primary", danger: " danger", sure: " danger sure", bare: " bare" }[tone];
  return `btn${toneClass}${small ? " small" : ""}${full ? " full" : ""}`;
}

/** A form's button; it submits unless `type` says otherwise. */
export function Button({
  tone,
  small,
  full,
  ...rest
}: ButtonLook & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className">) {
  return <button {...rest} className={buttonClass({ tone, small, full })} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ href, tone, small, full, children }: ButtonLook & { href: string; children: ReactNode }) {
  return (
    <a className={buttonClass({ tone, small, full })} href={href}>
      {children}
    </a>
  );
}

/** A verb without fields: a form of its own around one button, e.g. "Restore". */
export function PostButton({
  action,
  fields = {},
  children,
  ...look
}: ButtonLook & { action: string; fields?: Record<string, string>; children: ReactNode }) {
  return (
    <form method="post" action={action}>
      <HiddenFields fields={fields} />
      <button className={buttonClass(look)}>{children}</button>
    </form>
  );
}

export function HiddenFields({ fields }: { fields: Record<string, string> }) {
  return Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
