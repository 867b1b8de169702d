import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { Draft } from '../state/draft.ts'
import type { SpecResult } from '../state/to-spec.ts'

export interface ReadyInput {
  readonly draft: Pick<Draft, 'target' | 'badRows' | 'family'>
  readonly result: SpecResult
  readonly preview: ImportPreview | undefined
  readonly isCurrent: boolean
  readonly hasFailed: boolean
  readonly included: number
}

/** Why an import cannot be started yet; `isWrong` where a person has to change something. Undefined = it can. */
export function whyNotReady(input: ReadyInput): { readonly text: string; readonly isWrong: boolean } | undefined {
  const { draft, result, preview, isCurrent, hasFailed, included } = input
  const wrong = (text: string) => ({ text, isWrong: true })
  if (included === 0) return wrong('No file is chosen.')
  if (result.kind === 'problems') return wrong(result.problems[0]?.message ?? 'A field is not valid.')
  if (hasFailed) return wrong('It cannot be imported as it is.')
  if (!isCurrent || preview === undefined) return { text: '', isWrong: false }
  const error = preview.problems.find(({ severity }) => severity === 'error')
  if (error !== undefined) return wrong(error.message)
  if (draft.target.kind === 'existing' && draft.target.mode !== 'overwrite') {
    const bad = preview.matches?.find(({ state }) => state === 'missing' || state === 'conflict')
    if (bad !== undefined) return wrong(`Column “${bad.target ?? bad.source ?? ''}” does not fit the dataset.`)
  }
  if (isNothingToUpdate(draft, preview)) return wrong('Nothing is new, changed or gone.')
  return undefined
}

function isNothingToUpdate({ target }: Pick<Draft, 'target'>, { update }: ImportPreview): boolean {
  if (target.kind !== 'existing' || target.mode !== 'update' || update === undefined) return false
  const gone = target.gone === 'delete' ? update.gone.length : 0
  return update.new.length + update.changed.length + gone === 0
}
