/** Of tests, which want many small commits. */
const wantedRows = Number(process.env['TILTYARD_IMPORT_COMMIT_ROWS'] ?? 0)

/** Rows of one commit, about. */
export const COMMIT_ROWS = wantedRows > 0 ? wantedRows : 250_000
/** Bytes of one commit, about: what is held, several times over, while Lance takes it. */
export const COMMIT_BYTES = 64 * 1024 * 1024
/** Files named in one commit that replaces them. */
export const COMMIT_FILES = 1000

/** Rows of small files are brought together up to about this much. */
export const UNIT_ROWS = Math.min(2000, COMMIT_ROWS)
export const UNIT_BYTES = 8 * 1024 * 1024
export const UNIT_FILES = 200

/** Files parsed ahead of their turn have at most so many bytes together. */
export const AHEAD_BYTES = 32 * 1024 * 1024
