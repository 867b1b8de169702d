/** Nanoseconds since the epoch of an RFC 3339 time with any number of decimals. */
export function toNanoseconds(timestamp: string): bigint {
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? ''
  const whole = Date.parse(fraction === '' ? timestamp : timestamp.replace(`.${fraction}`, ''))
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9))
}
