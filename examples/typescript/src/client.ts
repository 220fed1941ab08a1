import { Client, fetchExchange } from "@urql/core";

/** Клиент одного региона. Токен нужен каждому запросу и нигде не сохраняется. */
export function clientOf(region: string, token: string, origin = ""): Client {
  return new Client({
    url: `${origin}/${region}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
    exchanges: [fetchExchange],
  });
}
