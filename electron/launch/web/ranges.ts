/** What a Range header asks for; `all` when there is none, or one this server may ignore. */
export type RangeRequest =
  | { readonly kind: 'all' }
  /** From `start` to `last` inclusive; to the end when `last` is absent. */
  | { readonly kind: 'from'; readonly start: number; readonly last: number | undefined }
  /** The last `length` bytes. */
  | { readonly kind: 'suffix'; readonly length: number }

/** Reads a Range header (RFC 9110 §14). Several ranges, other units and malformed headers mean the whole, as the RFC allows. */
export function parseRange(header: string | null | undefined): RangeRequest {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return { kind: 'all' }
  if (first === '') return { kind: 'suffix', length: Number(last) }
  const start = Number(first)
  if (last === '') return { kind: 'from', start, last: undefined }
  return Number(last) < start ? { kind: 'all' } : { kind: 'from', start, last: Number(last) }
}

/** Bytes [start, end) of a body of `size` bytes that answer a request; undefined when it cannot be satisfied (416). */
export function resolveRange(
  range: RangeRequest,
  size: number,
): { readonly start: number; readonly end: number } | undefined {
  switch (range.kind) {
    case 'all':
      return { start: 0, end: size }
    case 'from':
      return range.start >= size ? undefined : { start: range.start, end: Math.min(size, (range.last ?? size - 1) + 1) }
    case 'suffix':
      return range.length === 0 || size === 0 ? undefined : { start: Math.max(0, size - range.length), end: size }
  }
}
