import type { ImportProblem, SourceKind } from '#shared/model/import/source.ts'
import type { ColumnPlan, DetectedColumn, ImportType } from '#shared/model/import/tables.ts'

/** Files whose values have types of their own. */
const TYPED: ReadonlySet<SourceKind> = new Set<SourceKind>(['parquet', 'arrow', 'lance'])

export function isTyped(kind: SourceKind): boolean {
  return TYPED.has(kind)
}

/**
 * One plan for files that were looked at one by one: each column once, in the type that reads the values of all.
 * `wanted`: types the dataset has for names, which win.
 */
export function planColumns(
  files: readonly (readonly DetectedColumn[])[],
  nullTokens: readonly string[],
  wanted: ReadonlyMap<string, ImportType> = new Map(),
): readonly ColumnPlan[] {
  const bySource = new Map<string, DetectedColumn>()
  for (const column of files.flat()) {
    const known = bySource.get(column.source)
    bySource.set(column.source, known === undefined ? column : { ...known, type: widen(known.type, column.type) })
  }
  const taken = new Set<string>()
  return [...bySource.values()].map(({ source, type, dateFormat, nullTokens: words }, index) => {
    const name = safeName(source, index, taken)
    return {
      source,
      ...(name === source ? {} : { name }),
      type: wantedType(type, wanted.get(name)),
      ...(dateFormat === undefined ? {} : { dateFormat }),
      ...(words === undefined ? {} : { nullTokens: [...nullTokens, ...words] }),
    }
  })
}

/** Vectors of another length stay what they are, so that they are seen to be; read as the dataset's none would be left. */
function wantedType(found: ImportType, wanted: ImportType = found): ImportType {
  return found.startsWith('vector[') && wanted.startsWith('vector[') ? found : wanted
}

const NUMBERS: readonly ImportType[] = ['int32', 'int64', 'float32', 'float64']

/** The type that reads what either reads; a text at worst. */
export function widen(a: ImportType, b: ImportType): ImportType {
  if (a === b) return a
  const [one, other] = [NUMBERS.indexOf(a), NUMBERS.indexOf(b)]
  if (one !== -1 && other !== -1) return one < 2 && other < 2 ? 'int64' : 'float64'
  if ((a === 'date' && b === 'timestamp') || (a === 'timestamp' && b === 'date')) return 'timestamp'
  return 'string'
}

/** A name Lance takes: none that is empty, has a dot, is Lance's own, or is there already. */
function safeName(source: string, index: number, taken: Set<string>): string {
  const plain = source.trim().replaceAll(/[.`]/g, '_')
  const base = plain === '' ? `column_${index + 1}` : isLanceOwn(plain) ? `column${plain}` : plain
  let name = base
  for (let next = 2; taken.has(name); next++) name = `${base}_${next}`
  taken.add(name)
  return name
}

const isLanceOwn = (name: string): boolean => /^_(row|score$|distance$|fragid$|relevance)/.test(name)

/** What is wrong with the names columns are to have. */
export function findNameProblems(names: readonly string[]): readonly ImportProblem[] {
  const problems: ImportProblem[] = []
  const seen = new Set<string>()
  for (const name of names) {
    const why =
      name === ''
        ? 'A column has no name.'
        : name.includes('.') || name.includes('`')
          ? `Lance has no columns with dots or backticks in their names, such as "${name}".`
          : isLanceOwn(name)
            ? `Lance has a column "${name}" of its own.`
            : seen.has(name)
              ? `There are two columns named "${name}".`
              : undefined
    seen.add(name)
    if (why !== undefined) problems.push({ severity: 'error', message: why, hint: 'Give it another name.' })
  }
  return problems
}
