import { expect, test } from "vitest";

import { moment } from "../src/moment";
import { type Refusal, refused, stale, words } from "../src/refusal";

const refusal: Refusal = {
  __typename: "Refusal",
  code: "STALE",
  text: "Обращение уже изменено.",
  clause: { title: "Правила, п. 6" },
};

test("a refusal is data: its code, its text, its clause", () => {
  expect(refused(refusal)).toBe(true);
  expect(refused({ __typename: "Appeal" })).toBe(false);
  expect(stale(refusal)).toBe(true);
  expect(words(refusal)).toBe("Обращение уже изменено. (Правила, п. 6)");
  expect(words({ ...refusal, clause: null })).toBe("Обращение уже изменено.");
});

test("a moment is told in the zone of the region", () => {
  expect(moment("2026-03-01T21:30:00Z", "Europe/Moscow")).toBe("02.03.2026, 00:30");
});
