/** Why a contact's form was not saved, as its page says it. */
export const cannotSave = {
  "nothing-known": { formErrors: ["Give something to know this contact by."] },
  "not-a-member": { fieldErrors: { owner: ["This person is no longer a member. Choose somebody else."] } },
  "not-yours-to-give": { formErrors: ["An administrator says who looks after a contact."] },
} satisfies Record<string, { formErrors?: string[]; fieldErrors?: Record<string, string[]> }>;
