/** A ledger of customers, open at one of them. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#23708f"/>
<path fill="#fff" d="M9 10h30v28H9z"/>
<path stroke="#23708f" stroke-width="2.5" stroke-linecap="round" d="M24 10v28M28 18h7M28 24h7M28 30h5"/>
<circle cx="16.5" cy="20" r="3.5" fill="#23708f"/>
<path fill="#23708f" d="M11 32v-2a5.5 5 0 0 1 11 0v2z"/>
</svg>`;
