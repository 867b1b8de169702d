import { useEffect } from 'react'
import { useWorkspace } from '#renderer/features/workspace/index.ts'

/** Applies the chosen theme to the document and follows the system's while that is the choice. */
export function useTheme(): void {
  const theme = useWorkspace((state) => state.theme)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const apply = (): void => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme
    }
    apply()
    system.addEventListener('change', apply)
    return () => system.removeEventListener('change', apply)
  }, [theme])
}
