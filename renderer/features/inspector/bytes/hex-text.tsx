import styles from '../inspector.module.css'
import { cx } from '#renderer/ui/cx.ts'
import { type BytesPerLine, hexLines } from './hex.ts'

export interface HexTextProps {
  readonly bytes: Uint8Array
  /** Offset of the first byte in what it is a part of. */
  readonly startOffset?: number
  readonly perLine?: BytesPerLine
  /** True grows with its place; otherwise it scrolls within a fixed height. */
  readonly isTall?: boolean
}

/** Bytes in hexadecimal with their ASCII, line by line. */
export function HexText({ bytes, startOffset = 0, perLine = 16, isTall = false }: HexTextProps) {
  const text = hexLines(bytes, startOffset, perLine)
    .map((line) => `${line.offset}  ${line.hex}  ${line.text}`)
    .join('\n')
  return (
    <pre className={cx(styles.hex, isTall && styles.tall)} tabIndex={0} aria-label="Bytes in hexadecimal">
      {text}
    </pre>
  )
}
