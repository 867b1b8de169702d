/** Names a dataset can have: none is empty and none comes twice. */
export interface UniqueNames {
  readonly names: readonly string[]
  /** What was changed, by index. */
  readonly notes: ReadonlyMap<number, string>
}

export function uniqueNames(header: readonly string[]): UniqueNames {
  const taken = new Set<string>()
  const wanted = new Set(header.map((name) => name.trim()))
  const notes = new Map<number, string>()
  const names = header.map((raw, index) => {
    const trimmed = raw.trim()
    const base = trimmed === '' ? `column_${index + 1}` : trimmed
    let name = base
    for (let count = 2; taken.has(name) || (count > 2 && wanted.has(name)); count++) name = `${base}_${count}`
    taken.add(name)
    if (trimmed === '') notes.set(index, 'It has no name in the file.')
    else if (name !== trimmed) notes.set(index, `The name "${trimmed}" comes more than once in the file.`)
    return name
  })
  return { names, notes }
}

/** A name as Lance takes it: top-level names may not have dots. */
export function datasetName(name: string): string {
  return name.replaceAll('.', '_')
}
