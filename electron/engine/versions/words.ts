const figures = new Intl.NumberFormat('en-US')

const IRREGULAR: Readonly<Record<string, string>> = { index: 'indices' }

/** `1 fragment`, `10,000 rows`, `0 indices`. */
export function count(amount: number, noun: string): string {
  return `${figures.format(amount)} ${amount === 1 ? noun : (IRREGULAR[noun] ?? `${noun}s`)}`
}

/** `a`, `a, b`, and with more than five `a, b, c, d, e and 3 more`. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length <= 5 ? shown : `${shown} and ${figures.format(names.length - 5)} more`
}
