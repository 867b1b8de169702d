import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { closeDialog, type Command, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Kbd } from '#renderer/ui/kbd.tsx'
import styles from './command-palette.module.css'
import { allCommands } from './commands.ts'
import { fuzzyFilter } from './fuzzy.ts'

/** Everything the window can do, found by typing. */
export function CommandPalette() {
  const isOpen = useWorkspace((state) => state.dialog === 'palette')
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) closeDialog()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Command palette">
          <CommandList />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function CommandList() {
  // The list is that of the moment the palette opened: it must not move under the person's fingers.
  const [commands] = useState(availableCommands)
  const [query, setQuery] = useState('')
  const found = useMemo(() => fuzzyFilter(commands, query, searchText), [commands, query])
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={found}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(command: Command) => command.title}
      autoHighlight="always"
      keepHighlight
    >
      <div className={styles.search}>
        <Search aria-hidden />
        <Autocomplete.Input
          className={styles.input}
          // With the first paint, not a frame later: people type on at once.
          autoFocus
          placeholder="Search commands and open datasets"
          aria-label="Search commands"
        />
      </div>
      {found.length === 0 && <p className={styles.empty}>No command matches “{query}”.</p>}
      <Autocomplete.List className={styles.list}>
        {(command: Command) => (
          <Autocomplete.Item key={command.id} value={command} className={styles.item} onClick={() => choose(command)}>
            <span className={styles.title}>{command.title}</span>
            <span className={styles.group}>{command.group}</span>
            {command.shortcut !== undefined && <Kbd shortcut={command.shortcut} />}
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function availableCommands(): readonly Command[] {
  return allCommands().filter((command) => command.id !== 'palette.open' && command.isAvailable?.() !== false)
}

function searchText(command: Command): string {
  return `${command.title} ${command.group}`
}

function choose(command: Command): void {
  closeDialog()
  command.run()
}
