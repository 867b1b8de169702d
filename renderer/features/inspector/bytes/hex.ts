/** One line of a hex view: 16 bytes. */
export interface HexLine {
  /** Offset of the first byte, eight hexadecimal digits. */
  readonly offset: string
  /** Bytes in two groups of eight, padded to full width. */
  readonly hex: string
  /** Printable ASCII; everything else is a dot. */
  readonly text: string
}

const BYTES_PER_LINE = 16

export function hexLines(bytes: Uint8Array, startOffset = 0): readonly HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / BYTES_PER_LINE) }, (_, line) => {
    const part = bytes.subarray(line * BYTES_PER_LINE, (line + 1) * BYTES_PER_LINE)
    return {
      offset: (startOffset + line * BYTES_PER_LINE).toString(16).padStart(8, '0'),
      hex: `${group(part.subarray(0, 8))}  ${group(part.subarray(8))}`,
      text: Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    }
  })
}

function group(bytes: Uint8Array): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  return pairs.join(' ').padEnd(23)
}
