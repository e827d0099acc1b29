import { type AlikeContact } from "~/features/contacts/form/find-alike.server";
import { Banner } from "~/ui/banner";

const has: Record<AlikeContact["shared"], string> = {
  email: "has this email already.",
  "name and phone": "has this name and this phone number already.",
  "name and address": "has this name and this address already.",
};

/** Before a contact is made that may be there already: whom it is like. */
export function AlikeBanner({ alike, base }: { alike: AlikeContact[]; base: string }) {
  return (
    <Banner tone="warn">
      <ul>
        {alike.map(({ id, name, archived, shared }) => (
          <li key={id}>
            <a href={`${base}/${id}`}>{name}</a>
            {archived ? ", who is archived," : ""} {has[shared]}
          </li>
        ))}
      </ul>
      <p>Nothing is saved yet. If this is somebody else, save anyway.</p>
    </Banner>
  );
}
