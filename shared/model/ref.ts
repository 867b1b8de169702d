/** Which state of a dataset a read looks at. Absent = the newest version of the main branch. */
export type Ref =
  | { readonly version: number }
  | { readonly tag: string }
  | { readonly branch: string; readonly version?: number | undefined }

/** `12`, `tag:release`, `branch:experiment` or `branch:experiment@14`; undefined when the text is none of these. */
export function parseRef(text: string): Ref | undefined {
  const tag = /^tag:(.+)$/.exec(text)
  if (tag?.[1] !== undefined) return { tag: tag[1] }
  const branch = /^branch:([^@]+)(?:@(\d{1,15}))?$/.exec(text)
  if (branch?.[1] !== undefined) {
    return branch[2] === undefined ? { branch: branch[1] } : { branch: branch[1], version: Number(branch[2]) }
  }
  return /^\d{1,15}$/.test(text) ? { version: Number(text) } : undefined
}

/** The text form {@link parseRef} reads back. */
export function formatRef(ref: Ref): string {
  if ('tag' in ref) return `tag:${ref.tag}`
  if ('branch' in ref) return ref.version === undefined ? `branch:${ref.branch}` : `branch:${ref.branch}@${ref.version}`
  return String(ref.version)
}
