/** Tells whether a value is one of the words that mean null. */
export class NullTokens {
  readonly #tokens: readonly Uint8Array[]
  readonly #firstBytes = new Uint8Array(256)
  readonly #longest: number
  readonly #hasEmpty: boolean

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens.filter((token) => token !== '').map((token) => Buffer.from(token))
    for (const [first] of this.#tokens) this.#firstBytes[first as number] = 1
    this.#longest = Math.max(0, ...this.#tokens.map(({ length }) => length))
    this.#hasEmpty = tokens.includes('')
  }

  has(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === end) return this.#hasEmpty
    return this.#firstBytes[bytes[start] as number] === 1 && this.#isToken(bytes, start, end)
  }

  #isToken(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > this.#longest) return false
    return this.#tokens.some((token) => {
      if (token.length !== end - start) return false
      for (let index = 0; index < token.length; index++) if (token[index] !== bytes[start + index]) return false
      return true
    })
  }
}
