/** Position of field `index` of the flatbuffer table at `table`; undefined when the field is absent or holds its default. */
export function slot(view: DataView, table: number, index: number): number | undefined {
  const vtable = table - view.getInt32(table, true)
  const entry = 4 + index * 2
  if (entry >= view.getUint16(vtable, true)) return undefined
  const offset = view.getUint16(vtable + entry, true)
  return offset === 0 ? undefined : table + offset
}
