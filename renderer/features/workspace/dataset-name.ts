import { baseName, parentName } from './location-transitions.ts'

/** Folder of the topic a dataset is a bucket of, and the folder of its queue; null when it is none. */
export function queuePlace(location: string): { readonly topic: string; readonly queue: string } | null {
  const bucket = parentName(location)
  if (baseName(location) !== 'data.lance' || !/^bucket_\d{1,9}$/.test(baseName(bucket))) return null
  const topic = parentName(bucket)
  return topic === '' ? null : { topic, queue: parentName(topic) }
}

/** What a dataset is called on screen: `topic/bucket_0` for a bucket of a queue, else its folder's name without `.lance`. */
export function datasetName(location: string): string {
  const place = queuePlace(location)
  if (place === null) return baseName(location).replace(/\.lance$/, '')
  return `${baseName(place.topic)}/${baseName(parentName(location))}`
}
