import type {
  Amounts,
  Change,
  Cost,
  CostRow,
  Decision,
  Edit,
  Effect,
  EffectObject,
  EffectValue,
  Review,
} from '../diff/review.ts'
import { redaction } from '../secret/redact.ts'
import type { Location } from '../source/source.ts'
import { jsonPlace, type View } from './explanation.ts'
import type { PlaceJson } from './place-shape.ts'
import type {
  AmountsJson,
  AtJson,
  ChangeJson,
  CostJson,
  CostRowJson,
  DecisionJson,
  EditJson,
  EffectJson,
  ReviewJson,
  ValueJson,
} from './review-shape.ts'
import { isOfSecret } from './review-words.ts'

/**
 * A review for programs: docs/review.schema.json is its schema, docs/review.md says it in words. Targets
 * and objects stand in tables, and are referred to by their index from 0; what is not there has no
 * key. It only ever grows.
 */
export function jsonReview(review: Review, { owners }: Pick<View, 'owners'>): ReviewJson {
  const tables = new Tables()
  const decisions = review.decisions.map((decision) => jsonDecision(decision, tables, owners))
  return {
    version: 1,
    summary: review.summary,
    warnings: review.warnings,
    targets: tables.targets,
    objects: tables.objects,
    decisions,
    idle: review.idle.map((edit) => jsonEdit(edit, owners)),
    cost: jsonCost(review.cost),
    lookers: review.lookers,
  }
}

/** What many parts of a review refer to, each once, in the order of the first mention. */
class Tables {
  readonly targets: string[] = []
  readonly objects: { readonly target: number; readonly file: string; readonly name: string }[] = []
  readonly #targets = new Map<string, number>()
  readonly #objects = new Map<string, number>()

  target(id: string): number {
    return indexOf(id, id, this.targets, this.#targets)
  }

  object({ target, file, name }: EffectObject): number {
    const key = JSON.stringify([target, file, name])
    const known = this.#objects.get(key)
    if (known !== undefined) return known
    return indexOf(key, { target: this.target(target), file, name }, this.objects, this.#objects)
  }
}

function indexOf<T>(key: string, item: T, table: T[], known: Map<string, number>): number {
  const index = known.get(key) ?? table.push(item) - 1
  known.set(key, index)
  return index
}

function jsonDecision(decision: Decision, tables: Tables, owners: View['owners']): DecisionJson {
  const { id, risk, edits, targets, pods, onEachNode, effects, untouched, cost } = decision
  return {
    id,
    risk,
    edits: edits.map((edit) => jsonEdit(edit, owners)),
    targets: targets.map((target) => tables.target(target)),
    pods,
    onEachNode,
    effects: effects.map((effect) => jsonEffect(effect, tables)),
    untouched: untouched.map(({ reason, targets: those }) => ({
      reason,
      targets: those.map((target) => tables.target(target)),
    })),
    cost: jsonAmounts(cost),
  }
}

function jsonEdit(edit: Edit, owners: View['owners']): EditJson {
  const { deed, path, field, before, after, owner, commit } = edit
  return {
    deed,
    path,
    field,
    ...(before && { before: placeOf(edit, before, owners) }),
    ...(after && { after: placeOf(edit, after, owners) }),
    ...(owner !== undefined && { owner }),
    ...(commit && { commit }),
  }
}

function placeOf(edit: Edit, at: Location, owners: View['owners']): PlaceJson {
  const place = jsonPlace(at, owners)
  return isOfSecret(edit, at) ? { ...place, text: redaction(place.text ?? '') } : place
}

function jsonEffect({ kind, path, deed, meaning, values }: Effect, tables: Tables): EffectJson {
  return { kind, path, deed, meaning, values: values.map((value) => jsonValue(value, tables)) }
}

function jsonValue({ before, after, objects }: EffectValue, tables: Tables): ValueJson {
  const at = new Map<string, AtJson & { readonly objects: number[] }>()
  for (const object of objects) {
    const where = whereOf(object)
    const key = JSON.stringify(where)
    const known = at.get(key) ?? { ...where, objects: [] }
    known.objects.push(tables.object(object))
    at.set(key, known)
  }
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    at: [...at.values()],
  }
}

/** What is the same for many objects. */
function whereOf({ beforeAt, afterAt, restart }: EffectObject): Omit<AtJson, 'objects'> {
  return {
    ...(beforeAt !== undefined && { before: beforeAt }),
    ...(afterAt !== undefined && { after: afterAt }),
    ...(restart && {
      restart: {
        how: restart.how,
        ...(restart.pods !== undefined && { pods: restart.pods }),
        ...(restart.surge !== undefined && { surge: restart.surge }),
        ...(restart.unavailable !== undefined && { unavailable: restart.unavailable }),
      },
    }),
  }
}

function jsonCost({ total, clusters, teams, environments }: Cost): CostJson {
  return {
    total: jsonChange(total),
    clusters: clusters.map(jsonRow),
    teams: teams.map(jsonRow),
    environments: environments.map(jsonRow),
  }
}

function jsonRow({ name, capacity, ...change }: CostRow): CostRowJson {
  const { cpu, memory, pods } = capacity ?? {}
  return {
    name,
    ...jsonChange(change),
    ...(capacity && {
      capacity: {
        ...(cpu !== undefined && { cpu: jsonInteger(cpu) }),
        ...(memory !== undefined && { memory: jsonInteger(memory) }),
        ...(pods !== undefined && { pods: jsonInteger(pods) }),
      },
    }),
  }
}

function jsonChange({ before, after }: Change<Amounts>): ChangeJson {
  return { before: jsonAmounts(before), after: jsonAmounts(after) }
}

function jsonAmounts({ requests, limits, pods }: Amounts): AmountsJson {
  return {
    requests: { cpu: jsonInteger(requests.cpu), memory: jsonInteger(requests.memory) },
    limits: { cpu: jsonInteger(limits.cpu), memory: jsonInteger(limits.memory) },
    pods: jsonInteger(pods),
  }
}

/** A number while readers of JSON hold it exactly, else its digits as text. */
function jsonInteger(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}
