import { tablePlace, type ViewQuery } from './query.ts'

/** The view as TypeScript for @lancedb/lancedb. */
export function toTypeScript(query: ViewQuery): string {
  const lines = [...openTypeScript(query.location), ...checkoutLines(query), ...queryLines(query)]
  return `${lines.join('\n')}\n`
}

/** Lines that open a dataset as `table`, by a link where LanceDB cannot name its folder. */
export function openTypeScript(location: string): readonly string[] {
  const place = tablePlace(location)
  if (place !== null) {
    return [
      "import * as lancedb from '@lancedb/lancedb'",
      '',
      `const db = await lancedb.connect(${text(place.folder)})`,
      `const table = await db.openTable(${text(place.table)})`,
    ]
  }
  return [
    "import { mkdtemp, symlink } from 'node:fs/promises'",
    "import { tmpdir } from 'node:os'",
    "import { join } from 'node:path'",
    "import * as lancedb from '@lancedb/lancedb'",
    '',
    '// LanceDB opens folders named <table>.lance only, so this one is reached through a link.',
    "const links = await mkdtemp(join(tmpdir(), 'lance-'))",
    `await symlink(${text(location)}, join(links, 'dataset.lance'), 'dir')`,
    'const db = await lancedb.connect(links)',
    "const table = await db.openTable('dataset')",
  ]
}

function checkoutLines({ ref }: ViewQuery): readonly string[] {
  if ('tag' in ref) return [`await table.checkout(${text(ref.tag)})`]
  if ('branch' in ref) {
    const version = ref.version === undefined ? '' : `, ${ref.version}`
    return [`const branch = await (await table.branches()).checkout(${text(ref.branch)}${version})`]
  }
  return [`await table.checkout(${ref.version})`]
}

function queryLines(query: ViewQuery): readonly string[] {
  const keys = query.sort.map(
    (key) => `{ columnName: ${text(key.columnId)}, ascending: ${String(!key.descending)}, nullsFirst: false }`,
  )
  const unread = sortsUnread(query)
  const from = 'branch' in query.ref ? 'branch' : 'table'
  return [
    `const rows = ${unread ? '(' : ''}await ${from}`,
    '  .query()',
    ...(query.filter === '' ? [] : [`  .where(${text(query.filter)})`]),
    ...(query.columns === undefined ? [] : [`  .select([${query.columns.map(text).join(', ')}])`]),
    // Lance sorts only columns it reads or rows it can fetch by id.
    ...(unread ? ['  .withRowId()'] : []),
    ...(keys.length === 0 ? [] : [`  .orderBy([${keys.join(', ')}])`]),
    `  .limit(${query.limit})`,
    `  .toArrow()${unread ? `).select([${(query.columns ?? []).map(text).join(', ')}])` : ''}`,
  ]
}

function sortsUnread({ columns, sort }: ViewQuery): boolean {
  return columns !== undefined && sort.some((key) => !columns.includes(key.columnId))
}

function text(value: string): string {
  return JSON.stringify(value)
}
