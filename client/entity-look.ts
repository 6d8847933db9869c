/**
 * How each kind of entity looks: one entry for each case of Entity. A case of game.proto without an entry here does not
 * compile, and the error names it.
 */
import type { shoal } from "../proto/gen/shoal.js";

type EntityCase = NonNullable<shoal.Entity["kind"]>;
type Looks = {
  readonly [Case in EntityCase]: (entity: NonNullable<shoal.Entity.$Properties[Case]>) => shoal.Look.$Properties | null;
};

const looks: Looks = {
  tadpole: ({ look }) => look ?? null,
};

/** Name, colour and gender of an entity; undefined until the server has told them. */
export function lookOf(entity: shoal.Entity | undefined): shoal.Look.$Properties | undefined {
  return entity?.kind === undefined ? undefined : lookOfKind(entity.kind, entity);
}

function lookOfKind<Case extends EntityCase>(
  kind: Case,
  entity: shoal.Entity.$Properties,
): shoal.Look.$Properties | undefined {
  const payload = entity[kind];
  return payload ? (looks[kind](payload) ?? undefined) : undefined;
}
