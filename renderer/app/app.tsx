import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { FileDialogs, OpenDialog, SampleDialogs } from '#renderer/features/datasets/index.ts'
import { UndoDialogs } from '#renderer/features/activity/index.ts'
import { DoctorDialogs } from '#renderer/features/doctor/index.ts'
import { EmbedDialogs } from '#renderer/features/embed/index.ts'
import { DropZone, FollowDoor, ImportDialogs } from '#renderer/features/import/index.ts'
import { IndexDialogs } from '#renderer/features/indices/index.ts'
import { TokensDialogDoor } from '#renderer/features/search/index.ts'
import { DeleteRowsDialogs } from '#renderer/features/maintenance/index.ts'
import { WriteDialogs } from '#renderer/features/versions/index.ts'
import { queryClient, startSession } from '#renderer/features/workspace/index.ts'
import { ToastHost } from '#renderer/ui/toast-viewport.tsx'
import { CommandPalette } from './command-palette.tsx'
import { EngineBanner } from './engine-banner.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { useMenuCommands, useShortcuts } from './keys.ts'
import styles from './app.module.css'
import { Panels } from './panels.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useTheme } from './use-theme.ts'

let isStarted = false

/** The whole window. */
export function App() {
  useEffect(() => {
    // Once per page: development mode runs effects twice.
    if (isStarted) return
    isStarted = true
    void startSession()
  }, [])
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={400}>
          <ToastHost>
            <ErrorBoundary place="The window">
              <Window />
            </ErrorBoundary>
          </ToastHost>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  )
}

function Window() {
  useTheme()
  useShortcuts()
  useMenuCommands()
  return (
    <DropZone>
      <div className={styles.window}>
        <TopBar />
        <EngineBanner />
        <Panels />
        <StatusBar />
      </div>
      <OpenDialog />
      <SampleDialogs />
      <FileDialogs />
      <WriteDialogs />
      <IndexDialogs />
      <EmbedDialogs />
      <UndoDialogs />
      <DeleteRowsDialogs />
      <TokensDialogDoor />
      <DoctorDialogs />
      <ImportDialogs />
      <FollowDoor />
      <CommandPalette />
    </DropZone>
  )
}
