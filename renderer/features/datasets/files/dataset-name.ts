/** What is wrong with a name for a dataset; undefined = nothing. The engine has the last word. */
export function datasetNameProblem(name: string): string | undefined {
  const plain = name.replace(/\.lance$/, '')
  if (plain === '') return 'A name is needed.'
  if (plain.startsWith('.')) return 'A name does not begin with a dot.'
  return /^[\w.-]+$/.test(plain) ? undefined : 'Use letters A–Z and a–z, digits, dot, underscore and hyphen only.'
}
