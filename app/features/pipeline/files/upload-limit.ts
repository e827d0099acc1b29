/** The largest file that is taken. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** The file and what a browser wraps it in. */
export const MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 64 * 1024;
