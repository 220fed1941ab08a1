import { expect, test } from "vitest";

import { clientOf } from "../src/client";
import { ACCEPT, OVERDUE } from "../src/documents";
import { refused, words } from "../src/refusal";

/** С живым сервером: VITE_TSUR_ORIGIN и VITE_TSUR_TOKEN (куратор) из `make run`. */
const { VITE_TSUR_ORIGIN: origin, VITE_TSUR_TOKEN: token } = import.meta.env;

test.skipIf(!origin)("the list is read, and an old version is refused in words", async () => {
  const client = clientOf("kursk", token!, origin);
  const { data, error } = await client.query(OVERDUE, {}).toPromise();
  expect(error).toBeUndefined();
  const first = data!.appeals!.nodes[0]!;
  expect(first.number).toMatch(/-\d{6}$/);

  const answer = await client.mutation(ACCEPT, { id: first.id, seen: first.version + 1 });
  const done = answer.data!.acceptAppeal;
  expect(refused(done) && words(done)).toMatch(/\p{Script=Cyrillic}/u);
});
