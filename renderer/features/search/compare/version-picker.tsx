import { ChevronDown, GitCompareArrows, History, X } from 'lucide-react'
import { refLabel, SidePicker } from '#renderer/features/compare/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import type { Ref } from '#shared/model/ref.ts'
import styles from './compare.module.css'

export interface VersionPickerProps {
  readonly dataset: string
  /** Of the configuration. */
  readonly name: string
  /** Null = the state on screen. */
  readonly at: Ref | null
  readonly onScreen: Ref
  readonly onChange: (at: Ref | null) => void
}

/** The version, tag or branch a configuration searches: the one on screen until another is chosen. */
export function VersionPicker({ dataset, name, at, onScreen, onChange }: VersionPickerProps) {
  const text = at === null ? 'on screen' : refLabel(at)
  return (
    <>
      <SidePicker
        label={`State searched by ${name}`}
        side={{ dataset, at: at ?? onScreen }}
        withName={false}
        isOneDataset
        trigger={
          <Button kind={at === null ? 'ghost' : 'plain'} aria-label={`State searched by ${name}: ${text}`}>
            <History aria-hidden />
            <span className={styles.state}>{text}</span>
            <ChevronDown aria-hidden />
          </Button>
        }
        onChange={(side) => onChange(side.at)}
      />
      {at !== null && (
        <IconButton label={`Search the version on screen by ${name}`} onClick={() => onChange(null)}>
          <X aria-hidden />
        </IconButton>
      )}
    </>
  )
}

export interface OtherVersionButtonProps {
  readonly dataset: string
  readonly onScreen: Ref
  readonly onChoose: (other: Ref) => void
}

/** Chooses the version that a search is to be compared on. */
export function OtherVersionButton({ dataset, onScreen, onChoose }: OtherVersionButtonProps) {
  return (
    <SidePicker
      label="Compare with"
      side={{ dataset, at: onScreen }}
      withName={false}
      isOneDataset
      trigger={
        <Button>
          <GitCompareArrows aria-hidden /> Compare with another version
        </Button>
      }
      onChange={({ at }) => onChoose(at)}
    />
  )
}
