/** Three bars that rise. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#c2571a"/>
<rect x="11" y="27" width="7" height="11" rx="2" fill="#fff"/>
<rect x="20.500" y="19" width="7" height="19" rx="2" fill="#fff"/>
<rect x="30" y="10" width="7" height="28" rx="2" fill="#fff"/>
</svg>`;
