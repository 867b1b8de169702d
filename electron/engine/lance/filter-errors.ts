import type { ErrorValue } from '#shared/errors.ts'
import { closeMatches } from './close-matches.ts'
import { failure, type Rule } from './error-rule.ts'
import { cleanText } from './native-text.ts'

export const FILTER_HINT = "Filters are SQL conditions, such as id > 10 and text like '%word%'."

/** What is wrong with a filter, told by the part of it that Lance does not take. In order: the first match decides. */
export const FILTER_RULES: readonly Rule[] = [
  {
    pattern: /No field named (.+?)\. (?:Valid fields are (.+?)|Did you mean '(.+?)'\?)\.(?:\s|$|,)/s,
    to: (m) => unknownColumn(unquote(m[1] ?? ''), (m[2] ?? m[3] ?? '').split(/, /).map(unquote)),
  },
  { pattern: /Column (.+?) (?:does not exist|not found)/, to: (m) => unknownColumn(unquote(m[1] ?? ''), []) },
  { pattern: /Field '?(.+?)'? not found/, to: (m) => unknownColumn(unquote(m[1] ?? ''), []) },
  {
    pattern: /\(sql parser error: ([\s\S]*?)\)(?:,|\s{2}|$)/,
    to: (m) => failure('invalid-filter', parserSentence(m[1] ?? ''), FILTER_HINT, { syntax: m[1] }),
  },
  {
    pattern: /invalid SQL predicate: (.+?) at Line: (\d+), Column: (\d+)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The filter is not complete: ${lowerFirst(m[1] ?? '')}.`,
        'Close the quote or the bracket.',
        {
          line: Number(m[2]),
          column: Number(m[3]),
        },
      ),
  },
  {
    pattern: /Received literal (\w+)\(("?)([\s\S]*?)\2\) and could not convert to literal of type '([\s\S]+?)'(?:,|$)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The value ${m[2] === '"' ? `'${m[3]}'` : m[3]} does not fit a column of type ${typeWord(m[4] ?? '')}.`,
        "Compare with a value of the column's own type, or convert it with cast(… as …).",
        { literal: m[3] },
      ),
  },
  {
    pattern: /Invalid function '(.+?)'/,
    to: (m) =>
      failure(
        'invalid-filter',
        `There is no function "${m[1]}".`,
        'Check its name; the filter bar completes known functions.',
        { token: m[1] },
      ),
  },
  {
    pattern: /Operator (\S+) is not supported/,
    to: (m) =>
      failure('invalid-filter', `Lance does not know the operator ${m[1]} in filters.`, FILTER_HINT, { token: m[1] }),
  },
  {
    pattern: /Expression '([\s\S]+?)' is not supported SQL/,
    to: (m) =>
      failure(
        'invalid-filter',
        `Lance does not support this expression in filters: ${(m[1] ?? '').slice(0, 120)}`,
        'Sub-queries and CASE are not possible here.',
      ),
  },
  {
    pattern: /The filter ([\s\S]+?) does not return a boolean/,
    to: () =>
      failure(
        'invalid-filter',
        'The filter is a value, not a condition.',
        'Compare it with something, such as id = 1.',
      ),
  },
  {
    pattern: /regex parse error:[\s\S]*?error: (.+?)\)?$/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The regular expression is not valid: ${m[1]}.`,
        'Escape special characters with a backslash.',
      ),
  },
]

/** Words of the planner that are said of much else too: they come after everything that is more exact. */
export const LAST_FILTER_RULES: readonly Rule[] = [
  {
    pattern: /(?:Error during planning|Error optimizing sql filter)[^:]*: ([\s\S]+)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `Lance does not accept this filter: ${cleanText(m[1] ?? '').slice(0, 200)}`,
        FILTER_HINT,
      ),
  },
  {
    pattern: /cannot cast|Cast error|Divide by zero|overflow/i,
    to: (_m, _d) =>
      failure(
        'invalid-filter',
        'The filter fails on some value: a conversion or a division is not possible.',
        'Use try_cast, or exclude those values first.',
      ),
  },
]

function unknownColumn(name: string, known: readonly string[]): ErrorValue {
  const similar = closeMatches(name, known)
  const hint =
    similar.length > 0
      ? `Did you mean ${similar.map((match) => `"${match}"`).join(' or ')}?`
      : 'Check the name; write names with spaces or capitals in backticks, and text in single quotes.'
  return failure('unknown-column', `There is no column "${name}".`, hint, { column: name })
}

function unquote(name: string): string {
  const text = name.trim()
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text.slice(1, -1).replaceAll('""', '"')
  return text.replaceAll(/`((?:[^`]|``)*)`/g, (_, inner: string) => inner.replaceAll('``', '`'))
}

function parserSentence(reason: string): string {
  const match = /^Expected: ([\s\S]+), found: ([\s\S]+?)(?: at Line: .*)?$/.exec(reason)
  if (match === null) return `The filter is not valid SQL: ${reason}.`
  const wanted = (match[1] ?? '').replace(/^an? /, (article) => article)
  return match[2] === 'EOF'
    ? `The filter ends too early: ${wanted} is missing.`
    : `The filter is not valid SQL: expected ${wanted}, but found ${match[2]}.`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** Arrow's Rust debug text of a type as a short word. */
function typeWord(type: string): string {
  const list = /^(?:Large|FixedSize)?List\(/.test(type)
  if (list) return 'list'
  return (/^\w+/.exec(type)?.[0] ?? type).toLowerCase().replace('utf8', 'string').replace('large', '')
}
