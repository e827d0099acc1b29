/** A paper bag with a receipt in it. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#3f6b2a"/>
<path fill="#fff" d="M16 8h16v14H16z"/>
<path fill="#3f6b2a" d="M19 12h10v2H19zm0 4h7v2h-7z"/>
<path fill="#fff" stroke="#3f6b2a" stroke-width="1.500" d="M11 19h26l-2 21H13z"/>
<path fill="none" stroke="#3f6b2a" stroke-width="2.500" d="M19 24v2a5 5 0 0 0 10 0v-2"/>
</svg>`;
