/** False for columns LanceDB cannot address, whatever the quoting; asking for one would fail the whole page. */
export function isReadable(column: string): boolean {
  return !column.includes('`')
}
