import { Autocomplete } from '@base-ui/react/autocomplete'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { FileText, Folder, Table2 } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { DirectoryEntry } from '#shared/contract/files.ts'
import { getApi } from '#renderer/features/workspace/index.ts'
import popupStyles from '#renderer/ui/popup.module.css'
import { chosenPath, completePath } from './complete-path.ts'
import styles from './open-dialog.module.css'

export interface PathBoxProps {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onOpen: (location: string) => void
  /** Accessible name; absent = `Path`. */
  readonly label?: string
  readonly placeholder?: string
  /** False leaves the focus where it is. */
  readonly takesFocus?: boolean
  /** True where a file is wanted: files are completed, and opened when chosen. */
  readonly files?: boolean
}

const ICONS = {
  dataset: <Table2 aria-hidden />,
  directory: <Folder aria-hidden />,
  file: <FileText aria-hidden />,
} as const

/** A path with completion. Choosing a folder goes on inside it; choosing a dataset, or Enter, opens; Tab completes. */
export function PathBox(props: PathBoxProps) {
  const { text, onChange, onOpen, label = 'Path', placeholder, takesFocus = true, files = false } = props
  const client = useQueryClient()
  const query = {
    queryKey: ['files.complete', text, files],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      getApi().call('files.complete', { text, ...(files ? { files } : {}) }, { signal }),
    staleTime: 3000,
  }
  const completions = useQuery({ ...query, enabled: text !== '', placeholderData: keepPreviousData })
  const found = text === '' ? [] : (completions.data ?? [])
  // A file that is named in full has nothing to be completed.
  const entries = found.filter((entry) => entry.kind !== 'file' || entry.path !== text)
  const [isListOpen, setIsListOpen] = useState(false)
  const open = (location: string): void => {
    // What comes of it is said right below, where the list would be in the way.
    setIsListOpen(false)
    onOpen(location)
  }
  const handleKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isChoosing = event.currentTarget.getAttribute('aria-activedescendant') !== null
    if (event.key === 'Enter' && !isChoosing) open(text)
    if (event.key !== 'Tab' || event.shiftKey || !isListOpen) return
    if (completions.isPlaceholderData) {
      // Typed faster than the disk answers: complete as soon as it does, unless the text went on.
      const input = event.currentTarget
      event.preventDefault()
      void client.fetchQuery(query).then(
        (found) => {
          if (input.value === text) onChange(completePath(text, found) ?? text)
        },
        () => undefined,
      )
      return
    }
    const completed = completePath(text, entries)
    if (completed === undefined) return
    event.preventDefault()
    onChange(completed)
  }
  return (
    <Autocomplete.Root
      mode="none"
      open={isListOpen && entries.length > 0}
      onOpenChange={(isOpen, details) => {
        // Choosing a folder goes on inside it: what a choice does to the list is decided there.
        if (details.reason !== 'item-press') setIsListOpen(isOpen)
      }}
      items={entries}
      value={text}
      onValueChange={(value, details) => {
        // The box would take an entry's text as it is; choosing means more than that here.
        if (details.reason !== 'item-press') onChange(value)
      }}
      itemToStringValue={(entry: DirectoryEntry) => entry.path}
    >
      <Autocomplete.Input
        className={styles.pathInput}
        aria-label={label}
        placeholder={placeholder ?? '/path/to/dataset.lance or ~/folder'}
        spellCheck={false}
        autoFocus={takesFocus}
        onKeyDown={handleKey}
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} align="start" className={popupStyles.positioner}>
          {entries.length > 0 && (
            <Autocomplete.Popup className={popupStyles.menu}>
              <Autocomplete.List>
                {(entry: DirectoryEntry) => (
                  <Autocomplete.Item
                    key={entry.path}
                    value={entry}
                    className={popupStyles.item}
                    onClick={() => {
                      if (entry.kind !== 'directory') open(entry.path)
                      else {
                        onChange(chosenPath(entry))
                        setIsListOpen(true)
                      }
                    }}
                  >
                    {ICONS[entry.kind]}
                    {entry.path}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          )}
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
