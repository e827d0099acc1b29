import "~/features/sign-in/tables";
import { emailPlace } from "~/features/sign-in/link-requests.server";
import { newCodesPlace } from "~/features/sign-in/recovery-codes.server";
import { keptPlace, offeredPlace } from "~/features/sign-in/second-factor.server";
import { type SealedColumn } from "~/platform/sealed-columns.server";

/** What sign-in seals. Its tables are the installation's. */
export const sealedSignIn: readonly SealedColumn[] = [
  {
    ...{ table: "second_factors", column: "secret", key: "user_id", ofAccounts: false },
    place: ({ user_id = "" }) => keptPlace(user_id),
  },
  {
    ...{ table: "sessions", column: "offered_secret", key: "id", also: ["user_id"], ofAccounts: false },
    place: ({ id = "", user_id: userId = "" }) => offeredPlace({ table: "sessions", id, userId }),
  },
  {
    ...{ table: "pending_sign_ins", column: "offered_secret", key: "id", also: ["user_id"], ofAccounts: false },
    place: ({ id = "", user_id: userId = "" }) => offeredPlace({ table: "pending_sign_ins", id, userId }),
  },
  {
    ...{ table: "sessions", column: "new_codes", key: "id", also: ["user_id"], ofAccounts: false },
    place: ({ id = "", user_id = "" }) => newCodesPlace(user_id, id),
  },
  {
    ...{ table: "link_requests", column: "email", key: "id", ofAccounts: false },
    place: ({ id = "" }) => emailPlace(id),
  },
];
