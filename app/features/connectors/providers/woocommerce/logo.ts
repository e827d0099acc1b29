/** A basket with what is in it. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#6b4a8f"/>
<path fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" d="M17 21l5-10M31 21l-5-10M10 21h28"/>
<path fill="#fff" d="M11.500 24h25l-2.500 13a2.500 2.500 0 0 1-2.500 2h-15a2.500 2.500 0 0 1-2.500-2z"/>
</svg>`;
