import type { SchemaChange } from '#shared/model/schema-change.ts'
import { count, nameList } from './words.ts'

/** `Add column x; drop columns a, b`. Falls back to `otherwise` when the version before is gone. */
export function schemaSentence(changes: readonly SchemaChange[] | null, otherwise: string): string {
  if (changes === null) return `${otherwise} (the version before is gone)`
  const of = <Kind extends SchemaChange['kind']>(kind: Kind): readonly Extract<SchemaChange, { kind: Kind }>[] =>
    changes.filter((change): change is Extract<SchemaChange, { kind: Kind }> => change.kind === kind)
  const parts = [
    ...listed('add', of('added')),
    ...of('retyped').map(({ name, from, to }) => `change type of ${name} from ${from} to ${to}`),
    ...of('renamed').map(({ name, from }) => `rename column ${from} to ${name}`),
    ...listed('drop', of('dropped')),
    ...of('nullable').map(({ name, nullable }) => (nullable ? `allow nulls in ${name}` : `forbid nulls in ${name}`)),
    ...(of('metadata').length === 0 ? [] : [`change metadata of ${nameList(of('metadata').map((it) => it.name))}`]),
  ]
  if (parts.length === 0) return 'Change columns: the schema stayed the same'
  const shown = parts.slice(0, 5).join('; ')
  const rest = parts.length > 5 ? `; ${count(parts.length - 5, 'more change')}` : ''
  return `${shown.charAt(0).toUpperCase()}${shown.slice(1)}${rest}`
}

function listed(verb: string, changes: readonly { readonly name: string }[]): readonly string[] {
  if (changes.length === 0) return []
  return [`${verb} ${changes.length === 1 ? 'column' : 'columns'} ${nameList(changes.map((it) => it.name))}`]
}
