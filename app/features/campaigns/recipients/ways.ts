/** By which of a contact's points a channel reaches them, and what forbids it. */
export const ways = {
  email: { point: "email", forbidden: "no_email_at" },
  phone: { point: "phone", forbidden: "no_phone_at" },
  letter: { point: "address", forbidden: "no_letter_at" },
} as const;
