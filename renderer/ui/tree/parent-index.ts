/** Index of the row the row at `index` lies in, in a tree drawn as a list; one of the first level is its own parent. */
export function parentIndex(rows: readonly { readonly level: number }[], index: number): number {
  const level = rows[index]?.level ?? 1
  for (let at = index - 1; at >= 0; at--) {
    if ((rows[at]?.level ?? 1) < level) return at
  }
  return index
}
