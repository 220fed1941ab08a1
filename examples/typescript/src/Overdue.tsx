import { useState } from "react";
import { useMutation, useQuery } from "urql";

import { ACCEPT, OVERDUE } from "./documents";
import { moment } from "./moment";
import { refused, words } from "./refusal";

const ZONE = "Europe/Moscow";

export function Overdue() {
  const [after, setAfter] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [{ data, error, fetching }, again] = useQuery({ query: OVERDUE, variables: { after } });
  const [, accept] = useMutation(ACCEPT);

  async function take(id: string, seen: number) {
    const result = await accept({ id, seen });
    const done = result.data?.acceptAppeal;
    if (!done) setSaid(result.error?.message ?? "Нет связи");
    else setSaid(refused(done) ? words(done) : `Обращение ${done.number} принято в работу`);
    again({ requestPolicy: "network-only" });
  }

  if (error) return <p role="alert">{error.graphQLErrors[0]?.message ?? "Нет связи"}</p>;
  if (!data?.appeals) return <p aria-busy={fetching}>Загрузка…</p>;
  const { nodes, pageInfo, totalCount } = data.appeals;
  return (
    <>
      <h1>Просрочено: {totalCount}</h1>
      <p role="status">{said}</p>
      <ul>
        {nodes.map((appeal) => (
          <li key={appeal.id}>
            <strong>{appeal.number}</strong>, {appeal.theme?.name ?? "без темы"},{" "}
            {appeal.municipality?.name ?? "место не указано"}
            <br />
            {appeal.dueAt && `Срок истёк ${moment(appeal.dueAt, ZONE)}`}
            {appeal.deadline.explanation && `: ${appeal.deadline.explanation.clause.title}`}
            <br />
            Ведёт: {appeal.body?.name ?? "координатор"}{" "}
            <button type="button" onClick={() => take(appeal.id, appeal.version)}>
              Принять в работу
            </button>
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <button type="button" onClick={() => setAfter(pageInfo.endCursor ?? null)}>
          Дальше
        </button>
      )}
    </>
  );
}
