import type { IndexEntry } from '#shared/model/index-entry.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** The name LanceDB would give. */
export function defaultName(column: string): string {
  return column === '' ? '' : `${column.replaceAll('.', '_')}_idx`
}

export type NameState =
  | { readonly kind: 'free' }
  | { readonly kind: 'empty' }
  /** Taken by an index of the same column: it may be replaced. */
  | { readonly kind: 'taken'; readonly by: IndexEntry }
  /** Taken by an index of another column: only another name helps. */
  | { readonly kind: 'elsewhere'; readonly by: IndexEntry }

/** What a name means among the indices there are. */
export function nameState(name: string, column: string, indices: readonly IndexEntry[]): NameState {
  if (name.trim() === '') return { kind: 'empty' }
  const by = indices.find((index) => index.name === name.trim())
  if (by === undefined) return { kind: 'free' }
  const isSame = by.columns.length === 1 && by.columns[0] === column
  return { kind: isSame ? 'taken' : 'elsewhere', by }
}

/** The sentence below the name. */
export function nameHint(state: NameState): string {
  switch (state.kind) {
    case 'free':
      return 'A column can have several indices, each under its own name.'
    case 'empty':
      return 'An index needs a name.'
    case 'taken':
      return `${state.by.name} exists: ${state.by.type} on ${state.by.columns.join(', ')}. Without replacing it LanceDB refuses this name; another name builds a second index beside it.`
    case 'elsewhere':
      return `${state.by.name} is the index of ${state.by.columns.join(', ')}. LanceDB refuses to give its name to another column; choose another name.`
  }
}

/** A column an index can be asked for. */
export interface ColumnChoice {
  /** Dotted inside structs. */
  readonly path: string
  readonly field: SchemaField
}

/** Columns and fields of structs, in schema order. */
export function columnChoices(schema: readonly SchemaField[], prefix = ''): readonly ColumnChoice[] {
  return schema.flatMap((field) => {
    const path = `${prefix}${field.name}`
    return field.kind === 'struct' ? columnChoices(field.children, `${path}.`) : [{ path, field }]
  })
}

/** Dimension of the vectors of a field, also where a row has several. */
export function dimensionOf(field: SchemaField): number | undefined {
  if (field.dimension !== undefined) return field.dimension
  const [inner] = field.children
  return inner === undefined ? undefined : dimensionOf(inner)
}
