import type { KnownRow } from './random-history.fixture.ts'

export interface OracleDiff {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** Before and after. */
  readonly changed: readonly string[]
  readonly changedCells: Readonly<Record<string, number>>
  readonly duplicates: { readonly from: number; readonly to: number }
  readonly nullKeys: { readonly from: number; readonly to: number }
}

interface Item {
  readonly key: string
  readonly content: string
  readonly cells: Readonly<Record<string, string>>
  readonly isNull: boolean
}

/** The difference of two lists of rows the plain way: everything in memory, as text. */
export function diffPlainly(
  from: readonly KnownRow[],
  to: readonly KnownRow[],
  columns: readonly string[],
  identity: 'row-id' | 'content' | readonly string[],
): OracleDiff {
  const toItem = (row: KnownRow): Item => {
    const cells = Object.fromEntries(columns.map((name) => [name, row.cells[name]!]))
    const content = JSON.stringify(cells)
    if (identity === 'row-id') return { key: String(row.rowId), content, cells, isNull: false }
    if (identity === 'content') return { key: content, content, cells, isNull: false }
    const isNull = identity.some((name) => row.cells[name] === 'NULL')
    return {
      key: isNull ? `null ${content}` : JSON.stringify(identity.map((n) => row.cells[n])),
      content,
      cells,
      isNull,
    }
  }
  const groups = new Map<string, { from: Item[]; to: Item[] }>()
  const put = (side: 'from' | 'to', row: KnownRow): void => {
    const item = toItem(row)
    const group = groups.get(item.key) ?? { from: [], to: [] }
    groups.set(item.key, group)
    group[side].push(item)
  }
  for (const row of from) put('from', row)
  for (const row of to) put('to', row)

  const [added, removed, changed]: [string[], string[], string[]] = [[], [], []]
  const changedCells: Record<string, number> = {}
  const duplicates = { from: 0, to: 0 }
  const nullKeys = { from: 0, to: 0 }
  for (const group of groups.values()) {
    for (const side of ['from', 'to'] as const) {
      if (group[side][0]?.isNull === true) nullKeys[side] += group[side].length
      else if (group[side].length > 1) duplicates[side] += group[side].length
    }
    const left = [...group.from]
    const toLeft = group.to.filter((item) => {
      const at = left.findIndex((candidate) => candidate.content === item.content)
      if (at !== -1) left.splice(at, 1)
      return at === -1
    })
    for (let index = 0; index < Math.max(left.length, toLeft.length); index++) {
      const [old, now] = [left[index], toLeft[index]]
      if (now === undefined) removed.push(old!.content)
      else if (old === undefined) added.push(now.content)
      else {
        changed.push(`${old.content} -> ${now.content}`)
        for (const name of columns) {
          if (old.cells[name] !== now.cells[name]) changedCells[name] = (changedCells[name] ?? 0) + 1
        }
      }
    }
  }
  return { added: added.sort(), removed: removed.sort(), changed: changed.sort(), changedCells, duplicates, nullKeys }
}
