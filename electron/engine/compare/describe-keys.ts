import { decodePage, exactValue, formatCellText } from '#shared/model/arrow/index.ts'
import type { MatchCounts } from './match.ts'
import type { SideReader } from './read-side.ts'
import { takeRows } from './take-rows.ts'

const MAX_TEXT = 80

/** Keys of a few rows as text, their columns joined by commas. */
export async function describeKeys(
  examples: MatchCounts['examples'],
  readers: { readonly from: SideReader; readonly to: SideReader },
  key: readonly string[],
): Promise<readonly string[]> {
  const texts = await Promise.all(examples.map(async ({ side, id }) => describeKey(readers[side], id, key)))
  return [...new Set(texts)]
}

async function describeKey({ view, select, signal }: SideReader, id: bigint, key: readonly string[]): Promise<string> {
  const columns = select.filter(({ name }) => key.includes(name))
  const files: Uint8Array[] = []
  for await (const file of takeRows(view, [id], columns, signal)) files.push(file)
  const page = decodePage(files, undefined, view.manifest.schema)
  return key
    .map((name) => {
      const column = page.column(name)
      return column === undefined || page.rowCount === 0 ? '?' : formatCellText(exactValue(column, 0), MAX_TEXT)
    })
    .join(', ')
}
