import { AppError } from '#shared/errors.ts'
import { createBatchHasher, findUnequalBlob, freeBatches, LANES, type Selection } from '../lance/index.ts'
import { bytesPerRow, selectFields, toSelection, type View } from '../rows/index.ts'

const MAX_WINDOW_ROWS = 4096
const WINDOW_BYTES = 8 * 1024 * 1024
/** Windows read before their memory is let go. */
const FREE_EVERY = 32
const TIMEOUT_MS = 120_000

/** Reads two datasets side by side and compares the hash of every row, in order. Fails with `corrupt-data` at the first that differs. */
export async function verifyCopy(
  source: View,
  copy: View,
  rows: number,
  {
    blobs,
    signal,
    onRows,
  }: { readonly blobs: readonly string[]; readonly signal: AbortSignal; onRows(done: number): void },
): Promise<void> {
  checkSchemas(source, copy)
  const sides = [sideOf(source), sideOf(copy)] as const
  const perRow = Math.max(1, bytesPerRow(source.manifest))
  const windowRows = Math.max(1, Math.min(MAX_WINDOW_ROWS, Math.floor(WINDOW_BYTES / perRow)))
  for (let offset = 0; offset < rows; offset += windowRows) {
    signal.throwIfAborted()
    const limit = Math.min(windowRows, rows - offset)
    const [wanted, written] = await Promise.all(sides.map((side) => side(offset, limit)))
    if (wanted === undefined || written === undefined) return
    const at = wanted.findIndex((word, index) => word !== written[index])
    if (at !== -1 || wanted.length !== written.length) throw differs(offset + Math.max(0, Math.floor(at / LANES)))
    const tables = [source.table, copy.table] as const
    const unequal = blobs.length === 0 ? undefined : await findUnequalBlob(tables, { offset, limit }, blobs, TIMEOUT_MS)
    if (unequal !== undefined) throw differs(unequal)
    onRows(offset + limit)
    if ((offset / windowRows) % FREE_EVERY === FREE_EVERY - 1) freeBatches()
  }
}

function checkSchemas({ manifest: source }: View, { manifest: copy }: View): void {
  const shape = ({ schema, schemaMetadata }: View['manifest']): string =>
    JSON.stringify([
      schema.map((field) => withoutIds(field)),
      Object.entries(schemaMetadata).toSorted(([a], [b]) => a.localeCompare(b)),
    ])
  if (shape(source) === shape(copy)) return
  throw new AppError({
    code: 'unsupported-format',
    message: 'LanceDB did not keep the schema of the dataset as it is, so no copy was made.',
    hint: 'Try another file format.',
  })
}

type Field = View['manifest']['schema'][number]

function withoutIds({ name, logicalType, nullable, metadata, children }: Field): unknown {
  const entries = Object.entries(metadata).toSorted(([a], [b]) => a.localeCompare(b))
  return [name, logicalType, nullable, entries, children.map(withoutIds)]
}

function sideOf({ manifest, table }: View): (offset: number, limit: number) => Promise<Int32Array> {
  const fields = selectFields(manifest, undefined)
  const select: Selection = toSelection(manifest, fields)
  const blobNumbers = fields.flatMap(({ kind }, number) => (kind === 'blob' ? [number] : []))
  const hasher = createBatchHasher({ columns: fields.length, key: [], blobs: blobNumbers })
  return async (offset, limit) => {
    const hashes = new Int32Array(limit * LANES)
    let row = 0
    for await (const file of table.page(select, { offset, limit }, { timeoutMs: TIMEOUT_MS, batchRows: limit })) {
      const batch = hasher.decode(file)
      const { content } = hasher.hashRows(batch)
      hashes.set(content.subarray(0, batch.rows * LANES), row * LANES)
      row += batch.rows
    }
    return hashes.subarray(0, row * LANES)
  }
}

function differs(row: number): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `Row ${row} of the copy is not what was read, so the copy was removed.`,
    hint: 'Try again; if it happens again, check the disk.',
    detail: { row },
  })
}
