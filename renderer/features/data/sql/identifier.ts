/** Words that must be quoted when they are column names, and that completion never treats as columns. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'and or not is null in like ilike between true false cast as case when then else end select from ' +
    'where order by group having limit offset distinct join on union all any exists interval date ' +
    'timestamp time escape similar to boolean int integer bigint smallint tinyint unsigned float double ' +
    'decimal string binary unknown array position extract substring trim overlay floor ceil with'
  ).split(' '),
)

const PLAIN = /^[a-z_][a-z0-9_]*$/

/**
 * A name as Lance's SQL reads it back exactly. Lance lower-cases nothing but resolves unquoted names without regard to
 * case, so everything except plain lower-case words goes in backticks.
 */
export function quoteIdentifier(name: string): string {
  return PLAIN.test(name) && !KEYWORDS.has(name) ? name : `\`${name.replaceAll('`', '``')}\``
}

/** A nested column: `a.b`, each part quoted on its own. */
export function quotePath(path: readonly string[]): string {
  return path.map(quoteIdentifier).join('.')
}

/** Lance 12 cannot resolve a name holding a backtick, in any quoting (measured). */
export function canBeFiltered(path: readonly string[]): boolean {
  return path.every((part) => part !== '' && !part.includes('`'))
}

/** A text as a SQL string literal. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
