/** LanceDB calls fragments with fewer physical rows small. */
export const SMALL_ROWS = 100_000
/** Physical rows compaction aims at and above which it leaves fragments alone. */
export const TARGET_ROWS = 1_048_576
/** Deleted share above which compaction rewrites a fragment by itself. */
export const REWRITE_SHARE = 0.1
