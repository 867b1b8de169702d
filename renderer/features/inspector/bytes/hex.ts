/** One line of a hex view. */
export interface HexLine {
  /** Offset of the first byte, eight hexadecimal digits. */
  readonly offset: string
  /** Bytes in groups of eight, padded to full width. */
  readonly hex: string
  /** Printable ASCII; everything else is a dot. */
  readonly text: string
}

export type BytesPerLine = 8 | 16

export function hexLines(bytes: Uint8Array, startOffset = 0, perLine: BytesPerLine = 16): readonly HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / perLine) }, (_, line) => {
    const part = bytes.subarray(line * perLine, (line + 1) * perLine)
    return {
      offset: (startOffset + line * perLine).toString(16).padStart(8, '0'),
      hex: perLine === 8 ? group(part) : `${group(part.subarray(0, 8))}  ${group(part.subarray(8))}`,
      text: Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    }
  })
}

function group(bytes: Uint8Array): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  return pairs.join(' ').padEnd(23)
}
