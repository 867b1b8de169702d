import type { Api } from '#renderer/bridge/host.ts'
import type { CellBytes } from '#shared/contract/rows.ts'
import { AppError } from '#shared/errors.ts'
import { decodePage, type ExactValue, exactValue } from '#shared/model/arrow/index.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** One cell of one state of a dataset. */
export interface CellPlace {
  readonly dataset: string
  readonly at: Ref
  readonly rowId: string
  readonly column: string
}

/** A whole value; the bytes of blobs and large binaries stay where they are and are only described. */
export type WholeValue =
  { readonly kind: 'value'; readonly value: ExactValue } | { readonly kind: 'bytes'; readonly bytes: CellBytes }

/** Fetches a cell with nothing cut. Fails as `cells.get` does, with `corrupt-data` when the answer cannot be decoded. */
export async function fetchWholeValue(
  api: Api,
  { dataset, at, rowId, column }: CellPlace,
  schema: readonly SchemaField[],
  signal: AbortSignal,
): Promise<WholeValue> {
  const answer = await api.call('cells.get', { dataset, ref: at, rowId, column }, { signal })
  if (answer.kind === 'bytes') return { kind: 'bytes', bytes: answer }
  const page = decodePage([answer.arrow], undefined, schema)
  const cells = page.column(column) ?? page.column(page.columnNames[0] ?? '')
  if (cells === undefined || cells.rowCount === 0) {
    throw new AppError({ code: 'corrupt-data', message: `The cell of “${column}” came back empty.` })
  }
  return { kind: 'value', value: exactValue(cells, 0) }
}
