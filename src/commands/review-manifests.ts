import { printTarget } from '../compile.ts'
import type { Side } from '../diff/side.ts'
import { linesToBlame } from '../explain/blame.ts'
import { type Explainer, explainTarget } from '../explain/explain.ts'
import { ownerOf } from '../model/owner.ts'
import type { PageLine, PageOrigin, ReviewManifests } from '../report/review-page/manifests.ts'
import type { Sides } from '../review.ts'
import { type Location, positionOf } from '../source/source.ts'
import { type OutputTexts, withoutSecrets } from './output-texts.ts'

/** The manifests of both sides as they are printed, each line with the places that decided it. */
export function reviewManifests({ before, after }: Sides): ReviewManifests {
  return bothSides(pagesOf(before), pagesOf(after))
}

/** The manifests of both sides as they were read; nobody knows where their lines are from. */
export function committedManifests(before: OutputTexts, after: OutputTexts): ReviewManifests {
  const pages = (texts: OutputTexts) => (id: string, file: string) => {
    const lines = texts.of(id).get(`${id}/${file}`)?.replace(/\n$/, '').split('\n')
    return lines?.map((text) => ({ text, origins: () => [] }))
  }
  return bothSides(pages(before), pages(after))
}

function bothSides(old: Pages, fresh: Pages): ReviewManifests {
  return {
    manifest: (target, file) => {
      const manifest = { before: old(target, file), after: fresh(target, file) }
      return manifest.before || manifest.after ? manifest : undefined
    },
  }
}

type Pages = (target: string, file: string) => readonly PageLine[] | undefined

/** The files of one target are asked for one after the other, so it is prepared once. */
function pagesOf({ exhibits, owners }: Side): Pages {
  const originOf = originsFor(owners)
  let last: { id: string; texts: ReadonlyMap<string, string>; explainer: Explainer } | undefined
  return (id, file) => {
    const exhibit = exhibits.get(id)
    if (!exhibit) return undefined
    if (last?.id !== id) {
      const { target, plan, manifests } = exhibit
      const texts = new Map(printTarget(exhibit).map(({ path, text }) => [path, text]))
      last = { id, texts, explainer: explainTarget(target, plan, manifests) }
    }
    const text = last.texts.get(`${id}/${file}`)
    if (text === undefined) return undefined
    const lines = linesToBlame(file, text, last.explainer)
    const safe = withoutSecrets(`${id}/${file}`, text).split('\n')
    return lines.map((line, index) => ({
      text: safe[index] ?? '',
      origins: () => line.origins().map(originOf),
    }))
  }
}

/** Places as the page shows them; the same few of the templates come again and again. */
function originsFor(owners: ReadonlyMap<string, string>): (at: Location) => PageOrigin {
  const known = new WeakMap<Location, PageOrigin>()
  return (at) => {
    const { path } = at.source
    const origin = known.get(at) ?? {
      path,
      line: positionOf(at.source, at.start).line,
      owner: ownerOf(path, owners),
    }
    known.set(at, origin)
    return origin
  }
}
