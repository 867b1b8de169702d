export type ReadNumbers =
  | { readonly ok: true; readonly vectors: readonly (readonly number[])[] }
  | { readonly ok: false; readonly problem: string }

/** Vectors written as JSON: one array of numbers, or an array of them. */
export function readNumbers(text: string): ReadNumbers {
  if (text.trim() === '') return { ok: false, problem: 'Paste the numbers of a vector.' }
  const list: unknown = parse(text.trim())
  if (isVector(list)) return { ok: true, vectors: [list] }
  if (Array.isArray(list) && list.length > 0 && list.every(isVector)) return { ok: true, vectors: list }
  return { ok: false, problem: 'These are no numbers in brackets, such as [0.1, 0.2].' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}

/** Vectors of a dropped file: text as it is pasted. */
export async function readVectorFile(file: File): Promise<ReadNumbers> {
  return readNumbers(await file.text())
}
