import type { ImportSpec } from '#shared/model/import/spec.ts'

/** The input of `import.run`, as `npm run call -- import.run -` reads it. */
export function specFile(spec: ImportSpec): string {
  return `${JSON.stringify({ spec }, null, 2)}\n`
}

/** The import as lines for a shell. No line of JSON is the end mark, and nothing in between is expanded. */
export function specCommand(spec: ImportSpec): string {
  return `npm run call -- import.run - <<'END'\n${specFile(spec)}END\n`
}

export type ReadSpec =
  { readonly kind: 'spec'; readonly spec: ImportSpec } | { readonly kind: 'problem'; readonly problem: string }

/** A spec out of a file, alone or as `{ "spec": … }`. Only its shape is looked at here; the engine checks the rest. */
export function readSpec(text: string): ReadSpec {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'problem', problem: 'It is not JSON.' }
  }
  const spec = isRecord(value) && isRecord(value['spec']) ? value['spec'] : value
  if (!isRecord(spec) || spec['version'] !== 1) return { kind: 'problem', problem: 'It has no "version": 1.' }
  const { rows, target, sources } = spec
  if (!isRecord(sources)) return { kind: 'problem', problem: 'It names no sources.' }
  if (!isRecord(rows) || !hasRows(rows)) return { kind: 'problem', problem: 'It does not say what rows to make.' }
  if (!isRecord(target) || typeof target['location'] !== 'string') {
    return { kind: 'problem', problem: 'It has no target.' }
  }
  return { kind: 'spec', spec: spec as unknown as ImportSpec }
}

function hasRows(rows: Readonly<Record<string, unknown>>): boolean {
  const { kind } = rows
  if (kind === 'tables')
    return isRecord(rows['reading']) && (rows['columns'] === undefined || Array.isArray(rows['columns']))
  if (!Array.isArray(rows['tags']) || !isRecord(rows['metadata'])) return false
  return kind === 'media' || (kind === 'documents' && isRecord(rows['chunking']))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
