import { useEffect } from 'react'
import { getWorkspace, useHost } from '#renderer/features/workspace/index.ts'
import { isMacPlatform, matchesShortcut } from '#renderer/ui/shortcut.ts'
import { allCommands, runCommand } from './commands.ts'

/** Runs commands by their shortcuts. Dialogs keep the keyboard to themselves; whoever handled a key first wins. */
export function useShortcuts(): void {
  useEffect(() => {
    const isMac = isMacPlatform()
    const handleKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || getWorkspace().dialog !== null) return
      if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d+$/.test(event.key)) return
      const command = allCommands().find(
        ({ shortcut, isAvailable }) =>
          shortcut !== undefined && matchesShortcut(shortcut, event, isMac) && isAvailable?.() !== false,
      )
      if (command === undefined) return
      event.preventDefault()
      command.run()
    }
    addEventListener('keydown', handleKey)
    return () => removeEventListener('keydown', handleKey)
  }, [])
}

/** Runs commands chosen in the desktop's native menu. */
export function useMenuCommands(): void {
  const host = useHost()
  useEffect(() => host.onMenuCommand((id) => void runCommand(id)), [host])
}
