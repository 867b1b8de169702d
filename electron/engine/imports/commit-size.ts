import { COMMIT_BYTES, COMMIT_FILES, COMMIT_ROWS } from './limits.ts'

/** Share of a commit that makes one where somebody would wait for the rest of it. */
const LEAST_SHARE = 1 / 4
/** A first commit that is smaller than others has to have at least so many times as much behind it. */
const FIRST_OF = 3

export interface Waiting {
  /** What is gathered. */
  readonly rows: number
  readonly bytes: number
  readonly files: number
  /** Of the sources: read for what is gathered, and still to be read. */
  readonly bytesRead: number
  readonly bytesLeft: number
  /** Commits made and under way. */
  readonly commits: number
  /** None is under way. */
  readonly isIdle: boolean
}

/**
 * Whether what is gathered is to be committed now. Commits are of one size, but for the first and the last of large
 * imports: Lance begins early, and not much is left for it to do when everything is read.
 */
export function isCommitDue({ rows, bytes, files, bytesRead, bytesLeft, commits, isIdle }: Waiting): boolean {
  if (rows >= COMMIT_ROWS || bytes >= COMMIT_BYTES || files >= COMMIT_FILES) return true
  const share = Math.max(rows / COMMIT_ROWS, bytes / COMMIT_BYTES)
  if (!isIdle || share < LEAST_SHARE) return false
  return commits === 0 ? bytesLeft >= bytesRead * FIRST_OF : bytesLeft > 0 && bytesLeft <= bytesRead
}
