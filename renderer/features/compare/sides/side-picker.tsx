import { Popover } from '@base-ui/react/popover'
import { ChevronDown, GitBranch, GitCommitVertical, Tag } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { findTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import type { Ref } from '#shared/model/ref.ts'
import type { CompareSide } from '../compare-store.ts'
import { refLabel } from './side-label.ts'
import { SideList } from './side-list.tsx'
import styles from './side-picker.module.css'

export interface SidePickerProps {
  /** `From` or `To`. */
  readonly label: string
  readonly side: CompareSide
  /** Names the dataset as well, when the sides are of two. */
  readonly withName: boolean
  /** Offers states of this dataset only. */
  readonly isOneDataset?: boolean
  /** A button in place of the one that names the state. */
  readonly trigger?: ReactElement
  readonly onChange: (side: CompareSide) => void
}

/** The state on one side; the button opens all there are to choose from. */
export function SidePicker({ label, side, withName, isOneDataset = false, trigger, onChange }: SidePickerProps) {
  const [isOpen, setOpen] = useState(false)
  const name = withName ? `${findTab(side.dataset)?.name ?? 'closed dataset'} ` : ''
  const text = `${name}${refLabel(side.at)}`
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          trigger ?? (
            <Button aria-label={`${label}: ${text}`} className={styles.trigger}>
              <StateIcon at={side.at} />
              <span className={styles.text}>{text}</span>
              <ChevronDown aria-hidden />
            </Button>
          )
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label={`${label}: choose a state`}>
            <SideList
              side={side}
              isOneDataset={isOneDataset}
              onChoose={(chosen) => {
                setOpen(false)
                onChange(chosen)
              }}
              onDataset={onChange}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function StateIcon({ at }: { readonly at: Ref }) {
  if ('tag' in at) return <Tag aria-hidden />
  return 'branch' in at ? <GitBranch aria-hidden /> : <GitCommitVertical aria-hidden />
}
