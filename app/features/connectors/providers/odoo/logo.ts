/** Boxes of a firm's things, one of them a card of somebody. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#7a4f7d"/>
<path fill="#fff" d="M9 9h13v13H9zM9 26h13v13H9zM26 26h13v13H26z"/>
<path fill="none" stroke="#fff" stroke-width="2" d="M27 10h11v11H27z"/>
<circle cx="15.5" cy="13.5" r="2.5" fill="#7a4f7d"/>
<path fill="#7a4f7d" d="M11 20v-1a4.5 3 0 0 1 9 0v1z"/>
</svg>`;
