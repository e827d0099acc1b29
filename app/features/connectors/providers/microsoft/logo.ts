/** A letter, and the card of whoever it is to. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#4a5aa8"/>
<path fill="#fff" d="M8 14h32v22H8z"/>
<path fill="none" stroke="#4a5aa8" stroke-width="2.5" stroke-linejoin="round" d="m8 15 16 12 16-12"/>
<path fill="#fff" stroke="#4a5aa8" stroke-width="2" d="M25 25h16v13H25z"/>
<circle cx="30" cy="30" r="2" fill="#4a5aa8"/>
<path stroke="#4a5aa8" stroke-width="2" stroke-linecap="round" d="M28 34.5h4M35 29h3M35 33h3"/>
</svg>`;
