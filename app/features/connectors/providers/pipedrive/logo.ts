/** A funnel that somebody comes out of. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#1f7a4d"/>
<path fill="#fff" d="M9 10h30l-11 13v7h-8v-7z"/>
<circle cx="24" cy="34" r="2.500" fill="#fff"/>
<path fill="#fff" d="M19.500 42v-1.500a4.500 4 0 0 1 9 0V42z"/>
</svg>`;
