import type { TableReading } from '#shared/model/import/tables.ts'
import { NO_MARK, type ReadingDraft } from '../state/draft.ts'

/** Fields of a reading that are one of several. */
export type ChosenField = 'delimiter' | 'quote' | 'comment' | 'shortRows' | 'encoding' | 'hasHeader'

export interface ReadingOption {
  readonly id: string
  readonly label: string
}

const TITLES: Readonly<Record<ChosenField, Readonly<Record<string, string>>>> = {
  delimiter: { ',': 'comma', ';': 'semicolon', '\\t': 'tabulator', '|': 'bar' },
  quote: { '"': '" double', "'": "' single", [NO_MARK]: 'none' },
  comment: { '#': '#', '%': '%', [NO_MARK]: 'none' },
  shortRows: { null: 'filled', bad: 'bad rows' },
  encoding: Object.fromEntries(
    ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'shift_jis', 'gb18030'].map((name) => [name, name]),
  ),
  hasHeader: { yes: 'first line', no: 'none' },
}

/** What a field may be; the first is to detect it, with what that came to as far as it is `found`. */
export function optionsOf(field: ChosenField, draft: ReadingDraft, found: TableReading | undefined) {
  const titles = TITLES[field]
  const value = draft[field]
  const seen = value === '' ? idOf(field, found) : undefined
  const detected = seen === undefined ? 'detected' : `${titles[seen] ?? seen} (detected)`
  const known: readonly ReadingOption[] = Object.entries(titles).map(([id, label]) => ({ id, label }))
  const own = value === '' || value in titles ? [] : [{ id: value, label: value }]
  return [{ id: '', label: detected }, ...known, ...own]
}

/** What was found, as the field would hold it. */
function idOf(field: ChosenField, found: TableReading | undefined): string | undefined {
  if (found === undefined) return undefined
  switch (field) {
    case 'delimiter':
      return found.delimiter === '\t' ? '\\t' : found.delimiter
    case 'quote':
    case 'comment':
      return found[field] === '' ? NO_MARK : found[field]
    case 'hasHeader':
      return found.hasHeader === undefined ? undefined : found.hasHeader ? 'yes' : 'no'
    case 'shortRows':
    case 'encoding':
      return found[field]
  }
}
