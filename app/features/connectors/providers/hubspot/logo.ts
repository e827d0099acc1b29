/** A house of business, and two who go in and out of it. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#b4532f"/>
<path fill="#fff" d="M9 12h15v27H9z"/>
<path fill="#b4532f" d="M13 17h3v3h-3zM18 17h3v3h-3zM13 23h3v3h-3zM18 23h3v3h-3zM14.5 31h4v8h-4z"/>
<circle cx="31" cy="22" r="4" fill="#fff"/>
<path fill="#fff" d="M25.5 39v-5a5.5 6 0 0 1 11 0v5z"/>
<circle cx="38" cy="26" r="3" fill="#fff"/>
<path fill="#fff" d="M37.5 39h5v-4a4.5 4.5 0 0 0-5.5-4.400z"/>
</svg>`;
