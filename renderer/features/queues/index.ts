import { lazy } from 'react'
import { type Feature, queuePlace } from '#renderer/features/workspace/index.ts'

/** Topics and buckets of a queue kept in Lance, with records as they land. A tab of datasets that are buckets. */
export const queuesFeature: Feature = {
  id: 'queue',
  title: 'Queue',
  view: lazy(async () => ({ default: (await import('./queue-view.tsx')).QueueView })),
  appliesTo: ({ location }) => queuePlace(location) !== null,
}
