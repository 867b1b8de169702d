import { Download } from 'lucide-react'
import { useState } from 'react'
import { useHost } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { Button } from '#renderer/ui/button.tsx'
import type { CellBytes } from '#shared/contract/rows.ts'
import { formatBytes, formatExactBytes } from '#shared/model/format.ts'
import styles from '../inspector.module.css'
import { HexView } from './hex-view.tsx'
import { fileEnding, type PreviewKind, previewKindOf } from './preview-kind.ts'
import { TextBytesView } from './text-bytes-view.tsx'

export interface BytesViewProps {
  readonly bytes: CellBytes
  /** Column name, used for the download and for screen readers. */
  readonly name: string
}

/** Bytes of a cell, looked at as their media type allows; hexadecimal is always one click away. */
export function BytesView({ bytes, name }: BytesViewProps) {
  const host = useHost()
  const natural = previewKindOf(bytes.mediaType)
  const [isHex, setHex] = useState(natural === 'hex')
  const [isBroken, setBroken] = useState(false)
  if (bytes.size === null) return <span className={styles.null}>NULL</span>
  if (bytes.size === 0) return <span className={styles.null}>empty, 0 bytes</span>
  const url = host.blobUrl(bytes.id)
  return (
    <>
      <div className={styles.chips}>
        <Chip tone="accent" title={bytes.mediaType}>
          {bytes.mediaType.split(';', 1)[0]}
        </Chip>
        <Chip title={formatExactBytes(bytes.size)}>{formatBytes(bytes.size)}</Chip>
        <span className={styles.grow} />
        {natural !== 'hex' && (
          <Button kind="link" className={styles.link} aria-pressed={isHex} onClick={() => setHex(!isHex)}>
            {isHex ? 'Preview' : 'Hex'}
          </Button>
        )}
        <a
          className={styles.download}
          href={url}
          download={`${fileName(name)}${fileEnding(bytes.mediaType)}`}
          aria-label="Download"
          title="Download"
        >
          <Download aria-hidden />
        </a>
      </div>
      {isBroken && !isHex && <p className={styles.note}>This {natural} cannot be played or drawn here.</p>}
      {isHex || isBroken ? (
        <HexView cell={bytes.id} size={bytes.size} />
      ) : (
        <Preview kind={natural} url={url} bytes={bytes} name={name} onBroken={() => setBroken(true)} />
      )}
    </>
  )
}

interface PreviewProps extends BytesViewProps {
  readonly kind: PreviewKind
  readonly url: string
  readonly onBroken: () => void
}

function Preview({ kind, url, bytes, name, onBroken }: PreviewProps) {
  const [dimensions, setDimensions] = useState('')
  switch (kind) {
    case 'image':
      return (
        <figure className={styles.figure}>
          <img
            src={url}
            alt={`Content of ${name}`}
            className={styles.image}
            onError={onBroken}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setDimensions(`${naturalWidth} × ${naturalHeight} px`)
            }
          />
          <figcaption className={styles.note}>{dimensions}</figcaption>
        </figure>
      )
    case 'audio':
      return (
        <audio
          className={styles.media}
          src={url}
          controls
          preload="metadata"
          aria-label={`Sound in ${name}`}
          onError={onBroken}
        />
      )
    case 'video':
      return (
        <video
          className={styles.media}
          src={url}
          controls
          preload="metadata"
          aria-label={`Film in ${name}`}
          onError={onBroken}
        />
      )
    case 'json':
    case 'text':
      return <TextBytesView cell={bytes.id} size={bytes.size ?? 0} isJson={kind === 'json'} name={name} />
    case 'hex':
      return <HexView cell={bytes.id} size={bytes.size ?? 0} />
  }
}

/** A column name may hold what file systems refuse. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 80) || 'cell'
}
