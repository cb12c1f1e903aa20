import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** A model as the server lists it. */
export interface ListedModel {
  readonly id: string;
  readonly card: JsonObject;
}

/** The models in the reply of `GET /models`, in its order, or the sentence that says why there are none. */
export function readModelList(reply: JsonValue | undefined): ListedModel[] | string {
  if (!isObject(reply) || !Array.isArray(reply.data)) return 'the reply has no list of models';
  const models = reply.data.flatMap((card) => (isObject(card) && typeof card.id === 'string' ? [{ id: card.id, card }] : []));
  return models.length === reply.data.length ? models : 'a listed model has no id';
}
