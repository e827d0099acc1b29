/** An address book, its rings at the left, somebody on its cover. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#3b6fb6"/>
<path fill="#fff" d="M15 9h18a3 3 0 0 1 3 3v24a3 3 0 0 1-3 3H15z"/>
<path stroke="#fff" stroke-width="3" stroke-linecap="round" d="M10 16h5M10 24h5M10 32h5"/>
<circle cx="25.5" cy="20" r="4" fill="#3b6fb6"/>
<path fill="#3b6fb6" d="M17.5 33a8 7.5 0 0 1 16 0z"/>
</svg>`;
