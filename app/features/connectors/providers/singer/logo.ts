/** A tap, and a drop that falls from it. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48">
<rect width="48" height="48" rx="10" fill="#4c5b8a"/>
<path fill="#fff" d="M18 9h12v4h-4v4h5a8 8 0 0 1 8 8v4h-6v-4a2 2 0 0 0-2-2H9v-6h13v-4h-4z"/>
<path fill="#bcd2ff" d="M36 32c2.500 3.200 3.500 4.600 3.500 6a3.500 3.500 0 0 1-7 0c0-1.400 1-2.800 3.500-6z"/>
</svg>`;
