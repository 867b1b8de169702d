/** One wrong input and what is wrong with it. */
export interface HostileInput {
  readonly what: string
  readonly input: unknown
}

const TEN_MB = 'x'.repeat(10 * 1024 * 1024)

/** Values no field should be trusted with, by what they try. */
const REPLACEMENTS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a boolean', true],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a negative number', -1],
  ['a fraction', 0.5],
  ['a huge number', 2 ** 60],
  ['a bigint', 2n ** 70n],
  ['an empty string', ''],
  ['a string with NUL', 'a\u0000b'],
  ['a path upwards', '../../../../etc/passwd'],
  ['10 MB of text', TEN_MB],
  ['an empty array', []],
  ['nested arrays', [[[[]]]]],
  ['an object', { toString: 'x' }],
  ['a prototype key', JSON.parse('{"__proto__": {"polluted": true}}')],
  ['bytes', new Uint8Array([1, 2, 3])],
]

/**
 * Everything hostile that can be derived from a good input: each field replaced by each wrong value, each field missing,
 * extra and prototype keys, and inputs that are no object at all.
 */
export function hostileInputs(good: Readonly<Record<string, unknown>>): readonly HostileInput[] {
  const whole: HostileInput[] = REPLACEMENTS.map(([what, input]) => ({ what: `${what} as input`, input }))
  const extra: HostileInput[] = [
    { what: 'an extra key', input: { ...good, surprise: 1 } },
    { what: 'a __proto__ key', input: withOwnKey(good, '__proto__') },
    { what: 'a constructor key', input: withOwnKey(good, 'constructor') },
  ]
  const fields = Object.keys(good).flatMap((key) => [
    ...REPLACEMENTS.map(([what, value]) => ({ what: `${what} as ${key}`, input: { ...good, [key]: value } })),
    { what: `no ${key}`, input: Object.fromEntries(Object.entries(good).filter(([name]) => name !== key)) },
  ])
  return [...whole, ...extra, ...fields]
}

/** The same for the parts of a field that is an object. */
export function hostileInside<Key extends string>(
  good: { readonly [K in Key]?: unknown },
  key: Key,
): readonly HostileInput[] {
  const parts = hostileInputs(good[key] as Readonly<Record<string, unknown>>)
  return parts.map(({ what, input }) => ({ what: `${what} in ${key}`, input: { ...good, [key]: input } }))
}

function withOwnKey(good: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.defineProperty({ ...good }, key, { value: { polluted: true }, enumerable: true })
}
