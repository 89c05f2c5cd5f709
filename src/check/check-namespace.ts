import type { Fleet } from '../model/fleet.ts'
import { foreignNamespace } from '../model/foreign-namespace.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { Accuse, Exhibit } from './exhibit.ts'

/** Refuses objects in namespaces that are not the owner's. */
export function checkNamespace(
  exhibit: Exhibit,
  { file, value }: Manifest,
  fleet: Fleet,
  accuse: Accuse,
): void {
  const found = foreignNamespace(exhibit.target, value, fleet)
  if (!found) return
  const { pointer, message, help, at, holder } = found
  // Where nobody has the namespace, it is the fleet that does not know it: once for all projects.
  const answerable = holder
    ? { notes: [{ message: 'the namespaces of the team are stated here', at }] }
    : { place: at }
  accuse({
    id: 'foreign-namespace',
    message,
    at: { exhibit, file, pointer },
    help,
    ...answerable,
  })
}
