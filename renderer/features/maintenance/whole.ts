/** A whole number from what was typed, with or without thousands separators; undefined = none, or outside. */
export function parseWhole(text: string, least: number, most: number): number | undefined {
  const digits = text.trim().replaceAll(',', '')
  if (!/^\d{1,15}$/.test(digits)) return undefined
  const value = Number(digits)
  return value >= least && value <= most ? value : undefined
}
