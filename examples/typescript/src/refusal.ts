import type { RefusalCode } from "./gql/graphql";

/** Отказ приходит как данные: код для программы, текст и норма для человека. */
export interface Refusal {
  __typename: "Refusal";
  code: RefusalCode;
  text: string;
  clause?: { title: string } | null;
}

/** То, что сделано, или то, почему нет: после проверки TypeScript знает, что перед ним. */
export function refused<T extends { __typename: string }>(
  result: T | Refusal,
): result is Refusal {
  return result.__typename === "Refusal";
}

/** Что показать человеку. */
export function words(refusal: Refusal): string {
  const { text, clause } = refusal;
  return clause ? `${text} (${clause.title})` : text;
}

/** Стоит ли повторить, прочитав обращение заново: его изменили, пока человек думал. */
export function stale(refusal: Refusal): boolean {
  return refusal.code === "STALE";
}
