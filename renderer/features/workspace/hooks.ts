import { useEffect, useId, useState } from 'react'
import { useWorkspace } from './store.ts'
import type { Command, DatasetTab, InspectorTarget } from './types.ts'
import { offerCommands, setStatus, settleRowRequest } from './window-actions.ts'

/** An open tab by handle; undefined once it is closed. */
export function useTab(dataset: string): DatasetTab | undefined {
  return useWorkspace((state) => state.tabs.find((tab) => tab.dataset === dataset))
}

/** The tab in front. */
export function useActiveTab(): DatasetTab | undefined {
  return useWorkspace((state) => state.tabs.find((tab) => tab.dataset === state.active))
}

/** What the inspector of a dataset shows; undefined when nothing was chosen. */
export function useInspectorTarget(dataset: string): InspectorTarget | undefined {
  return useWorkspace((state) => state.inspected[dataset])
}

/** Keeps a short fact in the status bar while mounted; null shows nothing. */
export function useStatus(text: string | null): void {
  const contributor = useId()
  useEffect(() => {
    setStatus(contributor, text)
  }, [contributor, text])
  useEffect(() => () => setStatus(contributor, null), [contributor])
}

/** Offers commands to palette and keys while mounted. Keep the array stable (useMemo). */
export function useCommands(commands: readonly Command[]): void {
  const contributor = useId()
  useEffect(() => offerCommands(contributor, commands), [contributor, commands])
}

/** Calls back when somebody asks the Data view of this dataset to show a row (0-based). Keep the callback stable. */
export function useRowRequest(dataset: string, onRow: (row: number) => void): void {
  const request = useWorkspace((state) => (state.rowRequest?.dataset === dataset ? state.rowRequest : null))
  useEffect(() => {
    if (request === null) return
    settleRowRequest(request.nonce)
    onRow(request.row)
  }, [request, onRow])
}

/** The present, to the half minute, for relative times. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
