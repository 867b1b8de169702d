/** The version a commit was based on, by the name of its file `{version}-{uuid}.txn`; undefined for other names. */
export function parseTransactionName(path: string): number | undefined {
  const match = /(?:^|\/)(\d{1,16})-[0-9a-f-]{36}\.txn$/.exec(path)
  return match?.[1] === undefined ? undefined : Number(match[1])
}
