import { z } from 'zod'

/** Longest path, name, tag or column accepted anywhere. */
const NAME_MAX = 4096
/** Longest SQL filter accepted: room for thousands of ids, far below a message's limit. */
const FILTER_MAX = 200_000

export const location = z.string().min(1).max(NAME_MAX)
export const datasetHandle = z.string().min(1).max(64)
export const columnName = z.string().min(1).max(NAME_MAX)
export const filter = z.string().max(FILTER_MAX)
export const version = z.int().min(1)
export const tagName = z.string().min(1).max(NAME_MAX)
export const branchName = z.string().min(1).max(NAME_MAX)

export const ref = z.union([
  z.strictObject({ version }),
  z.strictObject({ tag: tagName }),
  z.strictObject({ branch: branchName, version: version.optional() }),
])

/** Unsigned 64-bit row id as an exact decimal string; a JS number cannot hold it. */
export const rowId = z.string().regex(/^\d{1,20}$/)

/** Every read names the dataset by handle and may name the state it wants; absent ref = newest. */
export const reading = { dataset: datasetHandle, ref: ref.optional() }
