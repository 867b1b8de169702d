import { formatCount, formatNoun } from '#shared/model/format.ts'

const IRREGULAR: Readonly<Record<string, string>> = { index: 'indices' }

/** `1 fragment`, `10,000 rows`, `0 indices`. */
export function count(amount: number, noun: string): string {
  return formatNoun(amount, noun, IRREGULAR[noun])
}

/** `a`, `a, b`, and with more than five `a, b, c, d, e and 3 more`. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length <= 5 ? shown : `${shown} and ${formatCount(names.length - 5)} more`
}
