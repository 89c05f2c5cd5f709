import { printTarget } from '../compile.ts'
import type { Side } from '../diff/side.ts'
import { loadDocument } from '../document/load.ts'
import { safeManifest } from '../secret/manifest-text.ts'

/** The files of `out/` on one side, of the targets that are compared. */
export interface OutputTexts {
  readonly targets: readonly string[]
  /** Path below `out/` → text without secrets; empty for a target that is not there. */
  readonly of: (target: string) => ReadonlyMap<string, string>
}

/** The files as they would be rendered; one target is printed at a time. */
export function renderedTexts({ exhibits }: Side): OutputTexts {
  return {
    targets: [...exhibits.keys()],
    of: (id) => {
      const exhibit = exhibits.get(id)
      const files = exhibit ? printTarget(exhibit) : []
      return new Map(files.map(({ path, text }) => [path, withoutSecrets(path, text)]))
    },
  }
}

/** The files as they were read; `target` says of which target each is. */
export function committedTexts(
  files: ReadonlyMap<string, Uint8Array>,
  targetOf: (path: string) => string,
): OutputTexts {
  const byTarget = new Map<string, Map<string, Uint8Array>>()
  for (const [path, bytes] of files) {
    const target = targetOf(path)
    const known = byTarget.get(target)
    if (known) known.set(path, bytes)
    else byTarget.set(target, new Map([[path, bytes]]))
  }
  return {
    targets: [...byTarget.keys()],
    of: (id) =>
      new Map([...(byTarget.get(id) ?? [])].map(([path, bytes]) => [path, safeText(path, bytes)])),
  }
}

/** A rendered text without the values of Secrets; what else is secret is refused, and not rendered. */
export function withoutSecrets(path: string, text: string): string {
  return /^kind: "?Secret\b/m.test(text) ? safeText(path, new TextEncoder().encode(text)) : text
}

function safeText(path: string, bytes: Uint8Array): string {
  const { source, root } = loadDocument(`out/${path}`, bytes, () => {})
  return safeManifest(source, root)
}
